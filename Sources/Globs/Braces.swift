/// More braces than anybody writes, or more patterns than anybody means, leave a pattern as it is: a hostile one cannot fill the memory.
private let mostBraces = 32
private let mostPatterns = 1_000

/// The patterns without braces that together mean the same, in order; a brace without its partner or without a comma stands for itself.
package func expandingBraces(_ pattern: String) -> [String] {
  let bytes = Array(pattern.utf8)
  guard bytes.count(where: { $0 == UInt8(ascii: "{") }) <= mostBraces, let patterns = expanded(bytes[...]) else { return [pattern] }
  return patterns.map { String(decoding: $0, as: UTF8.self) }
}

/// Nil when there would be too many.
private func expanded(_ pattern: ArraySlice<UInt8>) -> [[UInt8]]? {
  var open = pattern.firstIndex(of: UInt8(ascii: "{"))
  while let start = open {
    if let (parts, close) = choices(in: pattern, from: start) { return combined(pattern[..<start], parts, pattern[(close + 1)...]) }
    open = pattern[(start + 1)...].firstIndex(of: UInt8(ascii: "{"))
  }
  return [Array(pattern)]
}

/// Every choice between what stands before and after the braces.
private func combined(_ head: ArraySlice<UInt8>, _ parts: [ArraySlice<UInt8>], _ rest: ArraySlice<UInt8>) -> [[UInt8]]? {
  guard let tails = expanded(rest) else { return nil }
  var out: [[UInt8]] = []
  for part in parts {
    guard let middles = expanded(part), out.count + middles.count * tails.count <= mostPatterns else { return nil }
    for middle in middles { out += tails.map { head + middle + $0 } }
  }
  return out
}

/// The comma-separated parts of the braces that open at an index, and where they close; nil when there is nothing to choose from.
private func choices(in pattern: ArraySlice<UInt8>, from open: Int) -> (parts: [ArraySlice<UInt8>], close: Int)? {
  var depth = 0
  var starts = [open + 1]
  for index in open..<pattern.endIndex {
    switch pattern[index] {
    case UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: ",") where depth == 1: starts.append(index + 1)
    case UInt8(ascii: "}"):
      depth -= 1
      guard depth == 0 else { continue }
      let ends = starts.dropFirst().map { $0 - 1 } + [index]
      return starts.count > 1 ? (zip(starts, ends).map { pattern[$0..<$1] }, index) : nil
    default: continue
    }
  }
  return nil
}
