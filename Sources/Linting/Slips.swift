import ContextModel
import Diagnostics
import YAML

/// Whether one letter more, less, other or swapped with its neighbour makes one word the other.
func isOneSlip(_ left: String, _ right: String) -> Bool {
  let (a, b) = (Array(left.utf8), Array(right.utf8))
  guard a != b, abs(a.count - b.count) <= 1 else { return false }
  let start = zip(a, b).prefix { $0 == $1 }.count
  let (restA, restB) = (a[start...], b[start...])
  if a.count != b.count { return a.count > b.count ? restA.dropFirst().elementsEqual(restB) : restB.dropFirst().elementsEqual(restA) }
  if restA.dropFirst().elementsEqual(restB.dropFirst()) { return true }
  return restA.count > 1 && restA[start] == restB[start + 1] && restA[start + 1] == restB[start]
    && restA.dropFirst(2).elementsEqual(restB.dropFirst(2))
}

/// The one candidate that a word is but for the case of its letters, or for one slip; nil when there are several or none.
func onlySlip(from word: String, among candidates: some Sequence<String>) -> String? {
  let near = Set(candidates.filter { $0.lowercased() == word.lowercased() || word.utf8.count > 3 && isOneSlip(word, $0) })
  return near.count == 1 ? near.first : nil
}

extension Artifact {
  /// The bytes of a word in a value, where it stands there once and by itself.
  func range(ofWord word: String, in node: YAMLNode) -> Range<Int>? {
    let word = Array(word.utf8)
    let isPart = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80 || "_-".utf8.contains(byte)
    }
    guard !word.isEmpty, node.range.count >= word.count else { return nil }
    var found: Range<Int>?
    for start in node.range.lowerBound...node.range.upperBound - word.count where text.bytes[start..<start + word.count].elementsEqual(word) {
      let end = start + word.count
      if start > node.range.lowerBound, isPart(text.bytes[start - 1]) { continue }
      if end < node.range.upperBound, isPart(text.bytes[end]) { continue }
      guard found == nil else { return nil }
      found = start..<end
    }
    return found
  }
}
