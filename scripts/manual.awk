# Prints the man page; json.awk and help.awk go before it. `version` and `day` are given.
END {
  read_help()
  printf ".\\\" Written by scripts/generate-manual.sh from the help of the program.\n"
  printf ".TH AIWG 1 \"%s\" \"aiwg %s\" \"aiwg manual\"\n", day, version
  print ".SH NAME\n" filled("aiwg \\- " roff(lowered(json[root ".abstract"])))
  print ".SH SYNOPSIS\n.B aiwg\n.I command\n.RI [ options ]\n.br\n.B aiwg help\n.RI [ command ]"
  description()
  print ".SH COMMANDS"
  for (c = 1; c <= commands; c++) about(command[c])
  print ".SH OPTIONS\nEvery command takes these, unless its own list above is all that it has."
  for (c = 0; c < json[command[1] ".arguments", "#"]; c++) if (is_common(command[1] ".arguments." c)) option(command[1] ".arguments." c)
  print ".SH EXIT STATUS"
  for (c = 1; c <= codes; c++) item("\\fB" exit_code[c] "\\fP", roff(sentence(exit_meaning[c])))
  files()
  environment()
  read_discussion(root)
  examples_of("SH", "EXAMPLES")
  print ".SH SEE ALSO\n.BR git (1),\n.BR sha256sum (1)"
}

function description() {
  print ".SH DESCRIPTION"
  print filled(roff("One canonical tree of rules, agents, skills and commands in Markdown is rendered into the files that each platform reads. " \
    "`aiwg deploy` chooses the platforms and writes their files, `aiwg sync` brings them in line after an edit, and " \
    "`aiwg check` says in CI whether somebody forgot to."))
  print ".PP"
  print filled(roff("A file that aiwg did not write is never overwritten without `--force`, which saves it first. " \
    "A run is all or nothing: when it fails or is killed, the next one puts back what it had begun."))
  print ".PP\nResults go to standard output, findings and progress to standard error."
}

function about(path, i, has) {
  print ".SS " usage_roff(usage(path))
  print filled(roff(json[path ".abstract"]))
  read_discussion(path)
  for (i = 1; i <= paragraphs; i++) print ".PP\n" filled(roff(paragraph[i]))
  for (i = 0; i < json[path ".arguments", "#"]; i++) {
    if (is_common(path ".arguments." i) || !is_shown(path ".arguments." i)) continue
    option(path ".arguments." i)
  }
  examples_of("PP", "Examples:")
}

function examples_of(macro, title, i) {
  if (!examples) return
  print (macro == "SH" ? ".SH " title : ".PP\n" title)
  print (macro == "SH" ? "" : ".PP\n") ".RS 4\n.EX"
  for (i = 1; i <= examples; i++) print roff(example[i], 1)
  print ".EE\n.RE"
}

function option(path) { item(spelled_roff(spelled(path)), roff(meaning(path))) }

function item(tag, text) { print ".TP\n" tag "\n" filled(text) }

# The same text with a line for each sentence, and none longer than 80 bytes.
function filled(text, i, count, word, width, out) {
  count = split(text, word, /[ \n]+/)
  for (i = 1; i <= count; i++) {
    # A line that begins with a dot would be a macro.
    if (word[i] ~ /^\./) word[i] = "\\&" word[i]
    if (out == "") width = length(word[i])
    else if (out ~ /[.:?]$/ || width + 1 + length(word[i]) > 79) {
      out = out "\n"
      width = length(word[i])
    } else {
      out = out " "
      width += 1 + length(word[i])
    }
    out = out word[i]
  }
  return out
}

# Names bold, values in italics.
function spelled_roff(text, out) {
  while (match(text, /<[^>]*>/)) {
    out = out bold(substr(text, 1, RSTART - 1)) "\\fI" roff(substr(text, RSTART + 1, RLENGTH - 2), 1) "\\fP"
    text = substr(text, RSTART + RLENGTH)
  }
  return out bold(text)
}

function usage_roff(text) { return spelled_roff(text) }

function bold(text) { return text == "" || text == " " ? text : "\\fB" roff(text, 1) "\\fP" }

# A text without meaning for roff; in a literal one, backquotes are what they are.
function roff(text, is_literal, out) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  gsub(/'/, "\\(aq", text)
  gsub(/\^/, "\\(ha", text)
  gsub(/~/, "\\(ti", text)
  if (!is_literal) {
    while (match(text, /`[^`]*`/)) {
      out = out substr(text, 1, RSTART - 1) "\\fB" substr(text, RSTART + 1, RLENGTH - 2) "\\fP"
      text = substr(text, RSTART + RLENGTH)
    }
    text = out text
  }
  if (text ~ /^\./) text = "\\&" text
  return text
}

function sentence(text) { return toupper(substr(text, 1, 1)) substr(text, 2) "." }

# As NAME wants it.
function lowered(text) {
  sub(/\.$/, "", text)
  return tolower(substr(text, 1, 1)) substr(text, 2)
}

function files() {
  print ".SH FILES"
  item("\\fIaiwg.yaml\\fP", "What a repository deploys: platforms, sources, language. It is searched from the working directory upward.")
  item("\\fIaiwg.local.yaml\\fP", "What one person adds, which changes nothing that is committed.")
  item("\\fIaiwg.lock\\fP", "The digest of each output. \\fBsha256sum \\-c aiwg.lock\\fP verifies the whole files.")
  item("\\fI.aiwg/\\fP", "The canonical tree, unless aiwg.yaml names another folder.")
  item("\\fI.aiwg/sources/\\fP", "Copies of sources from elsewhere; they are committed.")
  item("\\fI.aiwg/state/\\fP", "The journal of a run, saved files, and versions for merges; git does not see them.")
  item("\\fIplatforms.yaml\\fP", "In a canonical tree: platforms that are added, or fields of built\\-in ones that are replaced.")
  item("\\fI\\(ti/.config/aiwg/\\fP", "aiwg.yaml, aiwg.lock and the tree of \\fB\\-\\-scope user\\fP.")
}

function environment() {
  print ".SH ENVIRONMENT"
  item("\\fBNO_COLOR\\fP", "When it is not empty, nothing is coloured.")
  item("\\fBCI\\fP", "When it is not empty, no versions are kept for later merges.")
  item("\\fBHOME\\fP, \\fBXDG_CONFIG_HOME\\fP", "Where \\fB\\-\\-scope user\\fP finds its files. Variables that move a platform\\(aqs own folder count as they do for it.")
  item("\\fBTMPDIR\\fP", "Where scratch folders are made.")
  item("\\fBSSL_CERT_FILE\\fP, \\fBhttps_proxy\\fP and the like", "They are handed to git when a source is fetched from elsewhere.")
}
