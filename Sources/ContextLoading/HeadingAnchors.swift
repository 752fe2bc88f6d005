/// The anchor that Markdown viewers give a heading, from its line; nil when the line begins with no `#` and when nothing is left of it.
package func headingAnchor(of line: ArraySlice<UInt8>) -> String? {
  guard line.first == UInt8(ascii: "#") else { return nil }
  let heading = headingTitle(of: line).lowercased()
  let slug = heading.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : nil }
  return slug.isEmpty ? nil : String(slug)
}

/// The text of the line of a heading: without the marks before it, and without those that may close it.
func headingTitle(of line: ArraySlice<UInt8>) -> String {
  var title = line.drop { $0 == UInt8(ascii: "#") || $0.isBlank }
  while title.last?.isBlank ?? false { title.removeLast() }
  var open = title
  while open.last == UInt8(ascii: "#") { open.removeLast() }
  if open.isEmpty || (open.count < title.count && open.last?.isBlank ?? false) {
    while open.last?.isBlank ?? false { open.removeLast() }
    title = open
  }
  return String(decoding: title, as: UTF8.self)
}

/// Keys that differ: the second `a` becomes `a-1`, the third `a-2`.
package struct UniqueAnchors: Sendable {
  private var counts: [String: Int] = [:]

  /// - Parameter taken: what no heading may have.
  package init(taken: [String] = []) {
    for anchor in taken { counts[anchor] = 0 }
  }

  /// The anchor, or the first one made from it that is still free.
  package mutating func next(_ anchor: String) -> String {
    guard var count = counts[anchor] else {
      counts[anchor] = 0
      return anchor
    }
    var unique: String
    repeat {
      count += 1
      unique = "\(anchor)-\(count)"
    } while counts[unique] != nil
    counts[anchor] = count
    counts[unique] = 0
    return unique
  }
}
