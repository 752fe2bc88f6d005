import TestSupport

/// The words of a script's line: parted by blanks, together in quotes, with `\n`, `\r`, `\t`, `\\`, `\"` and `\u{…}` in double ones.
func words(of line: String) throws -> [String] {
  var out: [String] = []
  var current: String?
  var rest = Substring(line)
  while let first = rest.popFirst() {
    switch first {
    case " ":
      if let word = current { out.append(word) }
      current = nil
    case "'":
      guard let end = rest.firstIndex(of: "'") else { throw SetupError("a quote is left open: \(line)") }
      current = (current ?? "") + rest[..<end]
      rest = rest[rest.index(after: end)...]
    case "\"":
      current = (current ?? "") + (try doubleQuoted(&rest, line))
    default:
      current = (current ?? "") + String(first)
    }
  }
  if let word = current { out.append(word) }
  return out
}

private func doubleQuoted(_ rest: inout Substring, _ line: String) throws -> String {
  var out = ""
  while let character = rest.popFirst() {
    if character == "\"" { return out }
    guard character == "\\" else {
      out.append(character)
      continue
    }
    switch rest.popFirst() {
    case "n": out += "\n"
    case "r": out += "\r"
    case "t": out += "\t"
    case "u": out.unicodeScalars.append(try scalar(&rest, line))
    case let other?: out.append(other)
    case nil: throw SetupError("a backslash ends the line: \(line)")
    }
  }
  throw SetupError("a quote is left open: \(line)")
}

private func scalar(_ rest: inout Substring, _ line: String) throws -> Unicode.Scalar {
  guard rest.popFirst() == "{", let end = rest.firstIndex(of: "}"), let value = UInt32(rest[..<end], radix: 16), let scalar = Unicode.Scalar(value)
  else { throw SetupError("not a \\u{…}: \(line)") }
  rest = rest[rest.index(after: end)...]
  return scalar
}
