# Draws what a terminal shows as SVG: lines of text with the colours 1, 31, 32 and 33 of terminals. A line with `$ ` was typed.
# The picture is light or dark as the reader's screen is.
BEGIN {
  size = 13
  leading = 20
  margin = 18
  bar = 34
}

{
  line[NR] = drawn($0)
  plain = $0
  gsub(/\033\[[0-9]*m/, "", plain)
  # Bytes that go on with a character take no room.
  gsub(/[\200-\277]/, "", plain)
  if (length(plain) > widest) widest = length(plain)
}

END {
  width = int(widest * size * 0.61) + 2 * margin
  height = bar + NR * leading + margin
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">\n", width, height, width, height, title
  print "<style>"
  print "text { font: " size "px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1f2328; white-space: pre }"
  print ".frame { fill: #ffffff; stroke: #d0d7de } .bar { fill: #d0d7de }"
  print ".typed { font-weight: 600 } .new { fill: #1a7f37 } .changed { fill: #9a6700 } .gone { fill: #cf222e } .strong { font-weight: 600 }"
  print "@media (prefers-color-scheme: dark) {"
  print "  text { fill: #e6edf3 } .frame { fill: #0d1117; stroke: #30363d } .bar { fill: #30363d }"
  print "  .new { fill: #3fb950 } .changed { fill: #d29922 } .gone { fill: #f85149 }"
  print "}"
  print "</style>"
  printf "<rect class=\"frame\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n", width - 1, height - 1
  for (i = 0; i < 3; i++) printf "<circle class=\"bar\" cx=\"%d\" cy=\"18\" r=\"5\"/>\n", margin + 5 + i * 17
  for (i = 1; i <= NR; i++)
    if (line[i] != "") printf "<text x=\"%d\" y=\"%d\" xml:space=\"preserve\">%s</text>\n", margin, bar + i * leading - 4, line[i]
  print "</svg>"
}

function drawn(text, out, code) {
  if (text ~ /^\$ /) return "<tspan class=\"typed\">" escaped(text) "</tspan>"
  while (match(text, /\033\[[0-9]*m/)) {
    out = out escaped(substr(text, 1, RSTART - 1))
    code = substr(text, RSTART + 2, RLENGTH - 3)
    if (open) out = out "</tspan>"
    open = code != "0" && code != ""
    if (open) out = out "<tspan class=\"" (code == 32 ? "new" : code == 33 ? "changed" : code == 31 ? "gone" : "strong") "\">"
    text = substr(text, RSTART + RLENGTH)
  }
  return out escaped(text)
}

function escaped(text) {
  gsub(/&/, "\\&amp;", text)
  gsub(/</, "\\&lt;", text)
  gsub(/>/, "\\&gt;", text)
  return text
}
