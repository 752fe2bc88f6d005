import ContextLoading
import ContextModel
import FileTree
import Layout
import Platforms

/// The way back from text as a place spells it: arguments and paths as the canonical tree writes them.
struct CanonicalSpelling {
  let delivery: Layout.Delivery
  let links: Links

  /// The text as it would stand in the canonical file.
  func text(for written: [UInt8]) -> [UInt8] { withCanonicalPaths(withCanonicalArguments(written)) }

  private func withCanonicalArguments(_ text: [UInt8]) -> [UInt8] {
    guard let style = delivery.form.arguments else { return text }
    var out = text
    let all = style.all ?? "<arguments>"
    if all != "$ARGUMENTS" { out = out.replacing(Array(all.utf8), with: Array("$ARGUMENTS".utf8)) }
    if style.alsoPosition == "${n}", style.first != 1 { out = countingFromOne(out, style) }
    guard !style.escape.isEmpty else { return out }
    // What was escaped means itself.
    for digit in "0123456789" { out = out.replacing(Array((style.escape + "$\(digit)").utf8), with: Array("$\(digit)".utf8)) }
    return out
  }

  /// Words that the platform counts otherwise than the canonical tree, which counts them from 1.
  private func countingFromOne(_ text: [UInt8], _ style: ArgumentStyle) -> [UInt8] {
    let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
    var edits: [(range: Range<Int>, text: String)] = []
    for argument in scannedBody(text, hasArguments: true).arguments {
      let digits = argument.range.lowerBound + 1..<argument.range.upperBound
      guard text[digits].allSatisfy(isDigit), let number = Int(String(decoding: text[digits], as: UTF8.self)) else { continue }
      let isFirst = number == style.first && argument.range.upperBound < text.count && !isDigit(text[argument.range.upperBound])
      if case .literal = argument.meaning, !isFirst { continue }
      edits.append((argument.range, "$\(number - style.first + 1)"))
    }
    return text.rewritten(by: edits).bytes
  }

  private func withCanonicalPaths(_ text: [UInt8]) -> [UInt8] {
    let artifact = delivery.artifact
    let references = scannedBody(text, hasArguments: false).references
    let edits = references.compactMap { reference -> (range: Range<Int>, text: String)? in
      guard let path = delivery.path.parent.following(reference.path), let target = links.target(at: path, for: delivery) else { return nil }
      let start = reference.range.lowerBound + (reference.spelling == .mention ? 1 : 0)
      guard let file = links.canonicalFile(of: target) else { return nil }
      return (start..<start + reference.path.utf8.count, relative(file, from: artifact.path))
    }
    return text.rewritten(by: edits).bytes
  }
}

extension [UInt8] {
  /// Every occurrence of some bytes replaced.
  func replacing(_ old: [UInt8], with new: [UInt8]) -> [UInt8] {
    guard let first = old.first, old.count <= count else { return self }
    var out: [UInt8] = []
    out.reserveCapacity(count)
    var index = 0
    while index < count {
      if self[index] == first, self[index...].starts(with: old) {
        out += new
        index += old.count
      } else {
        out.append(self[index])
        index += 1
      }
    }
    return out
  }
}
