/// A pattern over paths: `*` and `?` within a part, `**` across parts, `[a-z]` classes, `{a,b}` choices.
package struct Glob: Hashable, Sendable {
  package let text: String
  private let choices: [[UInt8]]

  package init(_ text: String) {
    self.text = text
    choices = expandingBraces(text).map { Array($0.utf8) }
  }

  /// Whether the pattern covers the whole path.
  package func matches(_ path: some StringProtocol) -> Bool {
    let bytes = Array(path.utf8)
    return choices.contains { match($0[...], bytes[...]) }
  }
}

/// The patterns without braces that together mean the same, in order; a brace without its partner stands for itself.
package func expandingBraces(_ pattern: String) -> [String] {
  expand(Array(pattern.utf8), budget: 1_000).map { String(decoding: $0, as: UTF8.self) }
}

/// Past the budget a pattern stays as it is, so that a hostile one cannot fill the memory.
private func expand(_ pattern: [UInt8], budget: Int) -> [[UInt8]] {
  guard let open = pattern.firstIndex(of: UInt8(ascii: "{")), let (parts, close) = choices(in: pattern, from: open) else { return [pattern] }
  let tails = expand(Array(pattern[(close + 1)...]), budget: budget)
  var out: [[UInt8]] = []
  for part in parts {
    for middle in expand(part, budget: budget) {
      for tail in tails {
        out.append(pattern[..<open] + middle + tail)
        if out.count > budget { return [pattern] }
      }
    }
  }
  return out
}

/// The comma-separated parts of the braces that open at an index, and where they close; nil when there is nothing to choose from.
private func choices(in pattern: [UInt8], from open: Int) -> (parts: [[UInt8]], close: Int)? {
  var depth = 0
  var parts: [[UInt8]] = [[]]
  for index in open..<pattern.count {
    let byte = pattern[index]
    if byte == UInt8(ascii: "{") {
      depth += 1
      if depth == 1 { continue }
    } else if byte == UInt8(ascii: "}") {
      depth -= 1
      if depth == 0 { return parts.count > 1 ? (parts, index) : nil }
    } else if byte == UInt8(ascii: ","), depth == 1 {
      parts.append([])
      continue
    }
    parts[parts.count - 1].append(byte)
  }
  return nil
}

private func match(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
  var (pattern, path) = (pattern, path)
  while let head = pattern.first {
    switch head {
    case UInt8(ascii: "*"):
      if pattern.dropFirst().first == UInt8(ascii: "*") { return matchAcross(pattern.dropFirst(2), path) }
      return matchWithin(pattern.dropFirst(), path)
    case UInt8(ascii: "?"):
      guard let byte = path.popFirst(), byte != UInt8(ascii: "/") else { return false }
      pattern = pattern.dropFirst()
    case UInt8(ascii: "["):
      guard let byte = path.first, let (isIn, rest) = matchClass(pattern, byte) else {
        guard path.popFirst() == head else { return false }
        pattern = pattern.dropFirst()
        continue
      }
      guard isIn, byte != UInt8(ascii: "/") else { return false }
      (pattern, path) = (rest, path.dropFirst())
    default:
      guard path.popFirst() == head else { return false }
      pattern = pattern.dropFirst()
    }
  }
  return path.isEmpty
}

/// After a `*`: any bytes up to the next slash.
private func matchWithin(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
  var rest = path
  while true {
    if match(pattern, rest) { return true }
    guard let byte = rest.popFirst(), byte != UInt8(ascii: "/") else { return false }
  }
}

/// After a `**`: any bytes; `**/` also stands for nothing.
private func matchAcross(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
  if pattern.first == UInt8(ascii: "/"), match(pattern.dropFirst(), path) { return true }
  var rest = path
  while true {
    if match(pattern, rest) { return true }
    guard rest.popFirst() != nil else { return false }
  }
}

/// Whether a byte is in the class that begins a pattern, and what follows the class; nil when the class never closes.
private func matchClass(_ pattern: ArraySlice<UInt8>, _ byte: UInt8) -> (isIn: Bool, rest: ArraySlice<UInt8>)? {
  var rest = pattern.dropFirst()
  let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
  if isNegated { rest = rest.dropFirst() }
  guard let close = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else { return nil }
  let members = Array(rest[rest.startIndex..<close])
  var isIn = false
  var index = 0
  while index < members.count {
    if index + 2 < members.count, members[index + 1] == UInt8(ascii: "-") {
      if members[index] <= byte && byte <= members[index + 2] { isIn = true }
      index += 3
    } else {
      if members[index] == byte { isIn = true }
      index += 1
    }
  }
  return (isIn != isNegated, pattern[(close + 1)...])
}
