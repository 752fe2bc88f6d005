/// A pattern over paths: `*` and `?` within a part, `**` across parts, `[a-z]` classes, `{a,b}` choices.
///
/// Names that begin with a dot are like any other. There is no escape, as no path holds a `\`.
package struct Glob: Hashable, Sendable {
  package let text: String
  private let choices: [[GlobToken]]
  /// What every covered path begins with.
  package let prefix: [UInt8]
  /// What every covered path ends with; with the prefix, it tells most paths apart.
  private let suffix: [UInt8]

  package init(_ text: String) {
    self.text = text
    let isSpecial = { (scalar: Unicode.Scalar) in "*?[]{}".unicodeScalars.contains(scalar) }
    let scalars = text.unicodeScalars
    prefix = Array(String(scalars.prefix { !isSpecial($0) }).utf8)
    let tail = scalars.lastIndex(where: isSpecial).map { scalars[scalars.index(after: $0)...] } ?? scalars[...]
    // `**/` may stand for nothing, its slash included.
    suffix = Array(String(tail.first == "/" ? tail.dropFirst() : tail).utf8)
    choices = expandingBraces(text).map { globTokens(of: Array($0.unicodeScalars)) }
  }

  /// Whether the pattern covers the whole path.
  package func matches(_ path: some StringProtocol) -> Bool { matches(String(path)) }

  /// Whether the pattern covers the whole path.
  package func matches(_ path: String) -> Bool {
    var path = path
    let isNear = path.withUTF8 { bytes in
      bytes.count >= max(prefix.count, suffix.count) && bytes.prefix(prefix.count).elementsEqual(prefix)
        && bytes.suffix(suffix.count).elementsEqual(suffix)
    }
    guard isNear else { return false }
    let scalars = Array(path.unicodeScalars)
    return choices.contains { covers($0, scalars) }
  }
}

/// A step of a pattern without braces.
enum GlobToken: Hashable, Sendable {
  case scalar(Unicode.Scalar)
  /// `?`
  case one
  /// `[a-z]`
  case members(GlobClass)
  /// `*`
  case within
  /// `**`
  case across
  /// `**/` at the start of a part: any folders or none. `folderName` follows and leads back here.
  case folders
  case folderName
}

/// The characters between `[` and `]`.
struct GlobClass: Hashable, Sendable {
  var ranges: [ClosedRange<Unicode.Scalar>] = []
  var isNegated = false

  func holds(_ scalar: Unicode.Scalar) -> Bool { scalar != "/" && ranges.contains { $0.contains(scalar) } != isNegated }
}

/// Compares what is literal up to the first wildcard, which settles most questions, and follows the rest.
private func covers(_ tokens: [GlobToken], _ path: [Unicode.Scalar]) -> Bool {
  var index = 0
  while index < tokens.count, case .scalar(let own) = tokens[index] {
    guard index < path.count, path[index] == own else { return false }
    index += 1
  }
  return index == tokens.count ? index == path.count : follows(Array(tokens[index...]), path[index...])
}

/// Follows all readings of a pattern at once, so that none takes longer than its length times that of the path.
private func follows(_ tokens: [GlobToken], _ path: ArraySlice<Unicode.Scalar>) -> Bool {
  var reached = [Bool](repeating: false, count: tokens.count + 1)
  reached[0] = true
  passOptional(tokens, &reached)
  for scalar in path {
    var next = [Bool](repeating: false, count: tokens.count + 1)
    for (index, token) in tokens.enumerated() where reached[index] {
      if let target = step(token, at: index, over: scalar) { next[target] = true }
    }
    reached = next
    passOptional(tokens, &reached)
  }
  return reached[tokens.count]
}

/// The state after one character; nil when the token does not take it.
private func step(_ token: GlobToken, at index: Int, over scalar: Unicode.Scalar) -> Int? {
  switch token {
  case .scalar(let own): scalar == own ? index + 1 : nil
  case .one: scalar == "/" ? nil : index + 1
  case .members(let members): members.holds(scalar) ? index + 1 : nil
  case .within: scalar == "/" ? nil : index
  case .across: index
  case .folders: scalar == "/" ? nil : index + 1
  case .folderName: scalar == "/" ? index - 1 : index
  }
}

/// What may stand for nothing is passed over.
private func passOptional(_ tokens: [GlobToken], _ reached: inout [Bool]) {
  for (index, token) in tokens.enumerated() where reached[index] {
    switch token {
    case .within, .across: reached[index + 1] = true
    case .folders: reached[index + 2] = true
    default: continue
    }
  }
}

private func globTokens(of pattern: [Unicode.Scalar]) -> [GlobToken] {
  var tokens: [GlobToken] = []
  var index = 0
  while index < pattern.count {
    switch pattern[index] {
    case "*":
      let end = pattern[index...].firstIndex { $0 != "*" } ?? pattern.count
      let beginsPart = index == 0 || pattern[index - 1] == "/"
      if end - index > 1, beginsPart, end < pattern.count, pattern[end] == "/" {
        tokens += [.folders, .folderName]
        index = end + 1
      } else {
        tokens.append(end - index > 1 ? .across : .within)
        index = end
      }
    case "?":
      tokens.append(.one)
      index += 1
    case "[":
      guard let (members, end) = globClass(in: pattern, at: index) else { fallthrough }
      tokens.append(.members(members))
      index = end
    default:
      tokens.append(.scalar(pattern[index]))
      index += 1
    }
  }
  return tokens
}

/// The class that opens at an index, and where the pattern goes on; nil when it never closes.
private func globClass(in pattern: [Unicode.Scalar], at open: Int) -> (GlobClass, end: Int)? {
  var start = open + 1
  var members = GlobClass()
  if start < pattern.count, pattern[start] == "!" || pattern[start] == "^" {
    members.isNegated = true
    start += 1
  }
  // A bracket that comes first is a member.
  guard start + 1 < pattern.count, let close = pattern[(start + 1)...].firstIndex(of: "]") else { return nil }
  var index = start
  while index < close {
    let isRange = index + 2 < close && pattern[index + 1] == "-"
    let last = isRange ? pattern[index + 2] : pattern[index]
    if pattern[index] <= last { members.ranges.append(pattern[index]...last) }
    index += isRange ? 3 : 1
  }
  return (members, close + 1)
}
