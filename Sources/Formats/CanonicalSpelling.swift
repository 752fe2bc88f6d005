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
  ///
  /// - Parameter words: those in angle brackets that stand for arguments.
  func text(for written: [UInt8], words: [String]) -> [UInt8] { withCanonicalPaths(withCanonicalArguments(written, words: words)) }

  /// New text, in which every word that could stand for an argument does.
  func text(forNew written: [UInt8]) -> [UInt8] {
    text(for: written, words: delivery.form.arguments.map { $0.all == nil ? ["<arguments>"] : [] } ?? [])
  }

  private func withCanonicalArguments(_ text: [UInt8], words: [String]) -> [UInt8] {
    guard let style = delivery.form.arguments else { return text }
    var out = text
    for word in words {
      let canonical = word == "<arguments>" ? "$ARGUMENTS" : "$" + word.filter(\.isNumber)
      out = out.replacing(Array(word.utf8), with: Array(canonical.utf8))
    }
    if let all = style.all, all != "$ARGUMENTS" { out = out.replacing(Array(all.utf8), with: Array("$ARGUMENTS".utf8)) }
    if style.alsoPosition == "${n}", style.first != 1 { out = countingFromOne(out, style) }
    return style.escape.isEmpty ? out : Self.withoutNeedlessEscapes(out, Array(style.escape.utf8))
  }

  /// What keeps a dollar from being an argument goes where the dollar is none without it.
  private static func withoutNeedlessEscapes(_ text: [UInt8], _ escape: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var dollars: [Int] = []
    var index = 0
    while index < text.count {
      let rest = text[index...]
      if rest.starts(with: escape), case let next = rest.dropFirst(escape.count).prefix(2), next.count == 2, next.first == UInt8(ascii: "$"),
        next.last.map({ (0x30...0x39).contains($0) }) ?? false
      {
        dollars.append(out.count)
        out += next
        index += escape.count + 2
      } else {
        out.append(text[index])
        index += 1
      }
    }
    let literals = Set(scannedBody(out, hasArguments: true).arguments.filter { $0.meaning == .literal }.map(\.range.lowerBound))
    for dollar in dollars.reversed() where !literals.contains(dollar) { out.insert(contentsOf: escape, at: dollar) }
    return out
  }

  /// Words that the platform counts otherwise than the canonical tree, which counts them from 1.
  ///
  /// Where the words before one are not named, `$n` would be a price there: it goes by its index then.
  private func countingFromOne(_ text: [UInt8], _ style: ArgumentStyle) -> [UInt8] {
    let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
    var positions: Set<Int> = []
    var found: [(range: Range<Int>, position: Int)] = []
    for argument in scannedBody(text, hasArguments: true).arguments {
      let digits = argument.range.lowerBound + 1..<argument.range.upperBound
      guard text[digits].allSatisfy(isDigit), let number = Int(String(decoding: text[digits], as: UTF8.self)) else {
        if case .position(let position) = argument.meaning { positions.insert(position) }
        continue
      }
      let isFirst = number == style.first && argument.range.upperBound < text.count && !isDigit(text[argument.range.upperBound])
      if case .literal = argument.meaning, !isFirst { continue }
      found.append((argument.range, number - style.first + 1))
    }
    positions.formUnion(found.map(\.position))
    let last = (1...).prefix { positions.contains($0) }.last ?? 0
    let edits = found.map { ($0.range, $0.position <= last ? "$\($0.position)" : "$ARGUMENTS[\($0.position - 1)]") }
    return BodyPieces(text, replacing: edits).bytes
  }

  private func withCanonicalPaths(_ text: [UInt8]) -> [UInt8] {
    let suffix = delivery.path.name.split(separator: ".").last.map { "." + $0 } ?? ".md"
    let references = scannedBody(text, hasArguments: false, fileSuffix: suffix).references
    return withCanonicalAnchors(BodyPieces(text, replacing: references.compactMap { edit(of: $0) }).bytes)
  }

  private func edit(of reference: Body.Reference) -> (range: Range<Int>, text: String)? {
    guard let path = delivery.path.parent.following(reference.path) else { return nil }
    let start = reference.range.lowerBound + (reference.spelling == .mention ? 1 : 0)
    let end = start + reference.path.utf8.count
    if let fragment = reference.fragment, let section = links.section(at: path, fragment, for: delivery), let file = links.canonicalFile(of: section)
    {
      return (start..<end + fragment.utf8.count + 1, relative(file, from: delivery.artifact.path))
    }
    guard let target = links.target(at: path, for: delivery), let file = links.canonicalFile(of: target) else { return nil }
    return (start..<end, relative(file, from: delivery.artifact.path))
  }

  /// Links to other rules of the same block, which only a `#` begins.
  private func withCanonicalAnchors(_ text: [UInt8]) -> [UInt8] {
    guard delivery.place.format == .block, !text.isEmpty else { return text }
    // Written with a path they are found where links are, and not in code.
    let (open, name) = (Array("](#".utf8), Array(delivery.path.name.utf8))
    var long: [UInt8] = []
    var names: [Int] = []
    for index in text.indices {
      if text[index] == UInt8(ascii: "#"), index > 1, text[(index - 2)...].starts(with: open) {
        names.append(long.count)
        long += name
      }
      long.append(text[index])
    }
    guard !names.isEmpty else { return text }
    // A section of its own, or one that the canonical file names in the same way, though it has none.
    let own = headingAnchors(in: text).union(anchorLinks(in: delivery.artifact.body.bytes))
    var edits = Dictionary(uniqueKeysWithValues: names.map { ($0, (range: $0..<$0 + name.count, text: "")) })
    for reference in scannedBody(long, hasArguments: false).references where edits[reference.range.lowerBound] != nil {
      guard let fragment = reference.fragment, !own.contains(fragment), let edit = edit(of: reference) else { continue }
      edits[reference.range.lowerBound] = edit
    }
    return BodyPieces(long, replacing: Array(edits.values)).bytes
  }
}

/// What links in a text lead to that begin with a `#`.
private func anchorLinks(in text: [UInt8]) -> Set<String> {
  let open = Array("](#".utf8)
  var out: Set<String> = []
  for index in text.indices where text[index] == UInt8(ascii: "]") && text[index...].starts(with: open) {
    out.insert(String(decoding: text[(index + open.count)...].prefix { $0 != UInt8(ascii: ")") }, as: UTF8.self))
  }
  return out
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
