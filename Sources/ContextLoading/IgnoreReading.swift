internal import Diagnostics

/// Reads the lines of an ignore file, which are what they are; errors go to `findings`.
func readIgnore(_ text: SourceText, _ findings: inout [Diagnostic]) -> MarkdownFile {
  let file = MarkdownFile(bodyOnly: text)
  if let offset = text.bytes.firstInvalidUTF8 {
    findings.append(Diagnostic(.error, "ignore/not-utf8", "not valid UTF-8", at: text.place(at: offset), help: "save the file as UTF-8"))
    return file
  }
  let survey = TextSurvey(text.bytes)
  if let merge = file.mergeFinding(survey) { findings.append(merge) }
  findings += file.controlFindings(survey)
  var position = 0
  for line in text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    defer { position += line.count + 1 }
    let range = position..<position + line.count
    let pattern = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    guard let problem = problem(with: pattern) else { continue }
    findings.append(Diagnostic(.error, "ignore/pattern", problem.what, at: text.place(range), help: problem.help))
  }
  return file
}

/// Why a line cannot be meant; nil when it can.
private func problem(with line: ArraySlice<UInt8>) -> (what: String, help: String)? {
  guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
  let rest = first == UInt8(ascii: "!") ? line.dropFirst() : line
  if rest.allSatisfy(\.isBlank) {
    return first == UInt8(ascii: "!") ? ("`!` takes nothing back", "write the pattern behind it, or remove the line") : nil
  }
  if rest.elementsEqual("/".utf8) { return ("`/` matches nothing", "write `/*` for all files, or remove the line") }
  if line.suffix(1).elementsEqual("\\".utf8), !line.suffix(2).elementsEqual("\\\\".utf8) {
    return ("a backslash with nothing behind it matches nothing", "write `/` between the parts of a path")
  }
  return nil
}
