# Writes a page for each command, and an index of them, into the folder `out`; json.awk and help.awk go before it.
END {
  read_help()
  for (c = 1; c <= commands; c++) page(command[c])
  index_page()
}

function begin(name) {
  file = out "/" name
  say("<!-- Written by `make docs` from the help of the program; do not edit. -->")
}

function say(text) { print text > file }

function page(path, i, own) {
  begin(json[path ".commandName"] ".md")
  say("# aiwg " json[path ".commandName"] "\n\n" json[path ".abstract"] "\n\n```text\n" usage(path) "\n```")
  read_discussion(path)
  read_exits(path)
  for (i = 1; i <= paragraphs; i++) say("\n" paragraph[i])
  if (examples) {
    say("\n## Examples\n\n```sh")
    for (i = 1; i <= examples; i++) say(commented(example[i]))
    say("```")
  }
  say("\n## Options\n")
  for (i = 0; i < json[path ".arguments", "#"]; i++) {
    if (is_common(path ".arguments." i) || !is_shown(path ".arguments." i)) continue
    if (!own++) say(table_head())
    say(row(path ".arguments." i))
  }
  say((own ? "\n" : "") (own ? "It takes the [common options](README.md#common-options), too." : "None but the [common options](README.md#common-options)."))
  say("\n## Exit codes\n")
  for (i = 1; i <= exits; i++) say("- " exit_sentence[i])
  say((exits ? "\n" : "") "All codes have [one meaning in all commands](README.md#exit-codes).")
  close(file)
}

function index_page(i, path) {
  begin("README.md")
  say("# Commands\n\n" json[root ".abstract"] "\n\n| command | does |\n|---|---|")
  for (i = 1; i <= commands; i++)
    say("| [`aiwg " json[command[i] ".commandName"] "`](" json[command[i] ".commandName"] ".md) | " cell(json[command[i] ".abstract"]) " |")
  say("\n`aiwg help COMMAND` and `aiwg COMMAND --help` print the same in a terminal. `make manual` writes a man page and completions for shells.")
  say("\n## Common options\n\n" table_head())
  path = command[1]
  for (i = 0; i < json[path ".arguments", "#"]; i++) if (is_common(path ".arguments." i)) say(row(path ".arguments." i))
  say("\n## Exit codes\n\n| code | meaning |\n|---|---|")
  for (i = 1; i <= codes; i++) say("| " exit_code[i] " | " exit_meaning[i] " |")
  say("\nResults go to standard output, findings and progress to standard error. A run prints all errors that it finds, not only the first.")
  close(file)
}

function table_head() { return "| option | meaning |\n|---|---|" }

function row(path) { return "| `" cell(spelled(path)) "` | " cell(meaning(path)) " |" }

function cell(text) {
  gsub(/\|/, "\\|", text)
  gsub(/</, "\\&lt;", text)
  # In code it is what it is.
  if (text ~ /^-|^&lt;/) gsub(/&lt;/, "<", text)
  return text
}

# What stands after several blanks is a comment for people.
function commented(text) {
  if (match(text, /    +/)) return substr(text, 1, RSTART - 1) "    # " substr(text, RSTART + RLENGTH)
  return text
}
