import ContextLoading
import ContextModel
import Diagnostics
import Formats
import YAML

/// Fragments of links that name no heading: of the same file, or of the artifact that the link names.
@Sendable func missingHeadings(_ input: LintInput) -> [LintFinding] {
  var known: [ArtifactID: Headings] = [:]
  return input.artifacts.flatMap { artifact -> [LintFinding] in
    let inside = artifact.hasOwnFragments ? ownFragments(of: artifact) : []
    let outside = artifact.body.references.filter { $0.fragment?.isEmpty == false && $0.spelling != .mention }
    guard !inside.isEmpty || !outside.isEmpty else { return [] }
    var found: [LintFinding] = []
    for (range, fragment) in inside where found.count < mostFindingsOfFile {
      found += finding(range, fragment, in: artifact, about: artifact, &known)
    }
    for reference in outside where found.count < mostFindingsOfFile {
      guard let target = input.references.target(of: reference.path, in: artifact), target.resource == nil, let fragment = reference.fragment,
        let other = input.references.artifact(target.artifact)
      else { continue }
      let start = reference.range.upperBound + 1
      guard artifact.body.bytes[min(start, artifact.body.bytes.count)...].starts(with: fragment.utf8) else { continue }
      found += finding(start..<start + fragment.utf8.count, fragment, in: artifact, about: other, &known)
    }
    return found
  }
}

/// - Parameter range: that of the fragment in the body, without `#`.
private func finding(
  _ range: Range<Int>, _ fragment: String, in artifact: Artifact, about other: Artifact, _ known: inout [ArtifactID: Headings]
) -> [LintFinding] {
  let headings = known[other.id] ?? Headings(of: other)
  known[other.id] = headings
  guard !headings.has(fragment) else { return [] }
  let isOwn = other.id == artifact.id
  let message = "no heading \(isOwn ? "here" : "of `\(other.id)`") is `#\(fragment)`"
  let place = artifact.place(inBody: range)
  guard let meant = onlySlip(from: fragment.lowercased(), among: headings.anchors) else {
    let help = nearest(to: fragment.lowercased(), among: headings.anchors).map { "did you mean `#\($0)`?" }
    return [LintFinding(Diagnostic(.warning, "reference/no-heading", message, at: place, help: help ?? "correct it, or take the fragment out"))]
  }
  let start = artifact.text.count - artifact.body.bytes.count
  return [
    LintFinding(
      Diagnostic(.warning, "reference/no-heading", message, at: place, help: "did you mean `#\(meant)`?"),
      fix: [ByteEdit(range.lowerBound + start..<range.upperBound + start, meant.utf8)])
  ]
}

/// The fragments that links of a body name in itself, with their ranges in the body.
private func ownFragments(of artifact: Artifact) -> [(Range<Int>, String)] {
  let start = artifact.text.count - artifact.body.bytes.count
  return BodyOutline(of: artifact.text).sections.flatMap(\.links).compactMap { link in
    let bytes = artifact.text.bytes[link]
    guard bytes.first == UInt8(ascii: "#"), bytes.count > 1, bytes.allSatisfy({ $0 > 0x20 && !"<>{}$".utf8.contains($0) }) else { return nil }
    let fragment = String(decoding: bytes.dropFirst(), as: UTF8.self)
    return (link.lowerBound + 1 - start..<link.upperBound - start, fragment)
  }
}

extension Artifact {
  /// Whether `](#` or `]: #` may be there, which is cheaper to know than where.
  fileprivate var hasOwnFragments: Bool {
    body.bytes.withUnsafeBufferPointer { bytes in
      guard bytes.count > 2 else { return false }
      var isFound = false
      bytes.forEachOffset(of: UInt8(ascii: "#"), in: 2..<bytes.count) { index in
        let (one, two) = (bytes[index - 1], bytes[index - 2])
        isFound = one == UInt8(ascii: "(") && two == UInt8(ascii: "]") || one == 0x20 && two == UInt8(ascii: ":")
        return !isFound
      }
      return isFound
    }
  }
}

/// What fragments can name in a body.
private struct Headings {
  /// Those of lines that begin with `#`.
  private(set) var anchors: [String] = []
  /// Those that only some viewers give, and those that the text gives itself.
  private var others: Set<String> = []

  init(of artifact: Artifact) {
    var unique = UniqueAnchors()
    for section in BodyOutline(of: artifact.text).sections {
      if let anchor = section.anchor { anchors.append(unique.next(anchor)) }
    }
    let lines = artifact.body.bytes.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    var above: ArraySlice<UInt8> = []
    for line in lines {
      if line.count > 1, line.allSatisfy({ $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "-") }) { note(above) }
      if line.first == UInt8(ascii: "#") { note(line.drop { $0 == UInt8(ascii: "#") }) }
      noteNames(in: line)
      above = line
    }
  }

  /// The anchor of a title without the targets of its links.
  private mutating func note(_ title: ArraySlice<UInt8>) {
    var text: [UInt8] = Array("# ".utf8)
    var depth = 0
    var previous: UInt8 = 0
    for byte in title {
      if byte == UInt8(ascii: "("), previous == UInt8(ascii: "]") { depth = 1 }
      if depth == 0 { text.append(byte) }
      if byte == UInt8(ascii: ")") { depth = 0 }
      previous = byte
    }
    guard let anchor = headingAnchor(of: text[...]) else { return }
    others.insert(anchor)
    // Some viewers make one hyphen of several, and none of those at the ends.
    others.insert(anchor.split(separator: "-").joined(separator: "-"))
  }

  /// `id="x"`, `name="x"` and `{#x}`.
  private mutating func noteNames(in line: ArraySlice<UInt8>) {
    guard line.contains(UInt8(ascii: "<")) || line.contains(UInt8(ascii: "{")) else { return }
    for mark in ["id=\"", "name=\"", "id='", "name='", "{#"] {
      let mark = Array(mark.utf8)
      var rest = line
      while rest.count > mark.count {
        if rest.starts(with: mark) {
          others.insert(String(decoding: rest.dropFirst(mark.count).prefix { !"\"'}".utf8.contains($0) }, as: UTF8.self).lowercased())
        }
        rest = rest.dropFirst()
      }
    }
  }

  func has(_ fragment: String) -> Bool {
    let plain = fragment.lowercased()
    if anchors.contains(plain) || others.contains(plain) || plain == "top" { return true }
    // Percent signs stand for bytes that are not worth decoding, lines of code are no headings, and text fragments are searched for.
    if plain.contains("%") || plain.contains(":~:") || plain.first == "l" && plain.dropFirst().allSatisfy({ $0.isNumber || $0 == "-" || $0 == "l" }) {
      return true
    }
    let squeezed = plain.split(separator: "-").joined(separator: "-")
    return others.contains(squeezed)
  }
}
