# Reads JSON into the array `json`, by path: json["command.subcommands.0.commandName"]. `json[path, "#"]` counts the items of an array.
# A program that is given after this file goes on in END. Strings do not span lines in JSON, so each line is taken apart alone.
{
  rest = $0
  while (match(rest, /^[ \t\r]*("([^"\\]|\\.)*"|[][{}:,]|[^][{}:," \t\r]+)/)) {
    token = substr(rest, 1, RLENGTH)
    rest = substr(rest, RLENGTH + 1)
    sub(/^[ \t\r]+/, "", token)
    json_token(token)
  }
}

function json_token(token) {
  if (token == ":") return
  if (token == ",") {
    if (json_kind[json_depth] == "object") json_awaits_key = 1
    return
  }
  if (token == "}" || token == "]") {
    json_depth--
    json_awaits_key = 0
    return
  }
  if (json_awaits_key) {
    json_key[json_depth] = json_text(token)
    json_awaits_key = 0
    return
  }
  if (json_kind[json_depth] == "array") json_key[json_depth] = json[json_path(json_depth - 1), "#"]++
  if (token == "{" || token == "[") {
    json_kind[++json_depth] = token == "{" ? "object" : "array"
    json_awaits_key = token == "{"
    if (token == "[") json[json_path(json_depth - 1), "#"] = 0
    return
  }
  json[json_path(json_depth)] = json_text(token)
}

# The path down to a depth.
function json_path(depth, at, path) {
  for (at = 1; at <= depth; at++) path = path (at > 1 ? "." : "") json_key[at]
  return path
}

# What a token says; of escapes, those that a text in ASCII or UTF-8 needs.
function json_text(token, out, escape) {
  if (token !~ /^"/) return token == "null" ? "" : token
  token = substr(token, 2, length(token) - 2)
  while (match(token, /\\./)) {
    escape = substr(token, RSTART + 1, 1)
    out = out substr(token, 1, RSTART - 1) (escape == "n" ? "\n" : escape == "t" ? "\t" : escape)
    token = substr(token, RSTART + 2)
  }
  return out token
}
