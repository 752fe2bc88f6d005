import Globs

/// Whether two rules may be in force at the same time.
///
/// Two patterns that begin with different folders, or end with different extensions, cover no file together; whatever cannot be told so may overlap.
func mayOverlap(_ left: [String], _ right: [String]) -> Bool {
  let (left, right) = (left.filter { !$0.hasPrefix("!") }, right.filter { !$0.hasPrefix("!") })
  guard !left.isEmpty, !right.isEmpty else { return true }
  let others = right.flatMap(PatternEnds.all)
  return left.flatMap(PatternEnds.all).contains { own in others.contains { own.mayMeet($0) } }
}

/// What a pattern says for sure: how paths begin and how they end.
private struct PatternEnds {
  var folder: Substring
  var ending: Substring

  static func all(of pattern: String) -> [PatternEnds] { expandingBraces(pattern).map(PatternEnds.init) }

  private init(_ pattern: String) {
    var trimmed = Substring(pattern)
    while let prefix = ["./", "/"].first(where: trimmed.hasPrefix) { trimmed = trimmed.dropFirst(prefix.count) }
    let isWild: (Character) -> Bool = { "*?[".contains($0) }
    let literal = trimmed.prefix { !isWild($0) }
    // A name without a folder may be anywhere.
    let isAnywhere = !trimmed.contains("/")
    folder =
      isAnywhere
      ? ""
      : literal.count == trimmed.count ? literal : literal[..<(literal.lastIndex(of: "/").map { literal.index(after: $0) } ?? literal.startIndex)]
    let last = trimmed.suffix(from: trimmed.lastIndex(where: isWild).map { trimmed.index(after: $0) } ?? trimmed.startIndex)
    ending = last.contains("]") ? "" : last
  }

  func mayMeet(_ other: PatternEnds) -> Bool {
    (folder.hasPrefix(other.folder) || other.folder.hasPrefix(folder)) && (ending.hasSuffix(other.ending) || other.ending.hasSuffix(ending))
  }
}
