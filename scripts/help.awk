# What the help of aiwg says, over the JSON that `aiwg --experimental-dump-help` prints; json.awk goes before it.

function read_help(i, j, path) {
  root = "command"
  for (i = 0; i < json[root ".subcommands", "#"]; i++) {
    path = root ".subcommands." i
    if (json[path ".shouldDisplay"] == "false" || json[path ".commandName"] == "help") continue
    command[++commands] = path
    for (j = 0; j < json[path ".arguments", "#"]; j++) uses[option_key(path ".arguments." j)]++
  }
  read_exit_codes()
}

# What makes an option the same one in two commands.
function option_key(path) { return spelled(path) "\n" json[path ".abstract"] }

# Whether most commands have it, so that it need not be told for each. The version and the help are among them.
function is_common(path) { return json[path ".kind"] != "positional" && uses[option_key(path)] >= commands * 3 / 4 }

function is_shown(path) { return json[path ".shouldDisplay"] != "false" }

# `-q, --quiet`, `--target <dir>` or `<path>...`.
function spelled(path, i, name, out, value) {
  value = "<" json[path ".valueName"] ">"
  if (json[path ".kind"] == "positional") return value (json[path ".isRepeating"] == "true" ? "..." : "")
  for (i = 0; i < json[path ".names", "#"]; i++) {
    name = json[path ".names." i ".name"]
    if (json[path ".names." i ".kind"] == "short") out = "-" name (out == "" ? "" : ", " out)
    else out = out (out == "" ? "" : ", ") (json[path ".names." i ".kind"] == "long" ? "--" : "-") name
  }
  return out (json[path ".kind"] == "option" ? " " value : "")
}

# What it is for, with its default and what it can be.
function meaning(path, i, list, out) {
  out = json[path ".abstract"]
  for (i = 0; i < json[path ".allValues", "#"]; i++) list = list (i ? ", " : "") "`" json[path ".allValues." i] "`"
  # A text that names what it can be has said it.
  if (list != "" && index(out, "`" json[path ".allValues.0"] "`") == 0) out = out " One of " list "."
  if (json[path ".defaultValue"] != "") out = out " Default: `" json[path ".defaultValue"] "`."
  if (json[path ".kind"] == "option" && json[path ".isOptional"] == "false") out = out " Required."
  return out
}

# The line of usage without the common options.
function usage(path, i, option, out) {
  out = "aiwg " json[path ".commandName"] " [OPTIONS]"
  for (i = 0; i < json[path ".arguments", "#"]; i++) {
    option = path ".arguments." i
    if (!is_shown(option)) continue
    if (json[option ".kind"] == "positional") out = out " [" spelled(option) "]"
    else if (json[option ".isOptional"] == "false") out = out " " spelled(option)
  }
  return out
}

# Parts the discussion of a command: `paragraph[1…]`, and `example[1…]` without their indentation.
function read_discussion(path, i, j, count, part, lines) {
  paragraphs = examples = 0
  count = split_at(json[path ".discussion"], "\n\n", part)
  for (i = 1; i <= count; i++) {
    if (part[i] !~ /^Examples:/) {
      if (part[i] != "" && part[i] !~ /^Exit codes:/) paragraph[++paragraphs] = part[i]
      continue
    }
    lines = split(part[i], line, "\n")
    for (j = 2; j <= lines; j++) {
      example[++examples] = line[j]
      sub(/^ +/, "", example[examples])
    }
  }
}

# The sentences about the exit code: those of the discussion, then those of options.
function read_exits(path, i, j, count, part, option) {
  exits = 0
  for (i = 1; i <= paragraphs; i++) {
    count = split_at(paragraph[i], ". ", part)
    for (j = 1; j <= count; j++) if (part[j] ~ /^Exits with /) exit_sentence[++exits] = part[j] (part[j] ~ /\.$/ ? "" : ".")
  }
  for (i = 0; i < json[path ".arguments", "#"]; i++) {
    option = path ".arguments." i
    if (!is_common(option) && tolower(json[option ".abstract"]) ~ /exit with [0-9]/)
      exit_sentence[++exits] = "`" option_name(option) "`: " json[option ".abstract"]
  }
}

function option_name(path, name) {
  name = json[path ".preferredName.name"]
  return (length(name) == 1 ? "-" : "--") name
}

# From the sentence that the program has about all of them: exit_code[1…] and exit_meaning[1…].
function read_exit_codes(i, count, part, text) {
  text = json[root ".discussion"]
  sub(/^.*Exit codes: /, "", text)
  sub(/\.$/, "", text)
  count = split_at(text, "; ", part)
  for (i = 1; i <= count; i++) {
    if (!match(part[i], /^[0-9]+( and [0-9]+)*/)) continue
    exit_code[++codes] = substr(part[i], 1, RLENGTH)
    exit_meaning[codes] = substr(part[i], RLENGTH + 2)
    gsub(/ and /, ", ", exit_code[codes])
  }
}

# As split, by a text instead of a regular expression.
function split_at(text, separator, parts, count, at) {
  while (at = index(text, separator)) {
    parts[++count] = substr(text, 1, at - 1)
    text = substr(text, at + length(separator))
  }
  parts[++count] = text
  return count
}
