internal import ContextModel
internal import Diagnostics
internal import YAML

/// The head of a file on its way through edits, of which each counts only when the head is then read as it should be.
///
/// A place is the way to a value from the root: which key or item, counted from 0, at each level.
struct HeadDraft {
  /// The file up to its body.
  private(set) var text: SourceText
  /// Nil without any key.
  private(set) var root: YAMLNode?
  /// The whole head as a map.
  private(set) var value: FieldValue
  let newline: String
  /// The keys whose maps the loader reads like heads of their own.
  private let platforms: Set<String>
  /// For each byte of the text where it stood in the file; nil for one that is new.
  private var origins: [Int?]
  private let hadHead: Bool
  private let bodyStart: Int
  /// The line that closes the head.
  private let closing: [UInt8]

  /// Nil for a head that cannot be read.
  init?(_ source: SourceText, platforms: Set<String>) {
    var findings: [Diagnostic] = []
    let file = MarkdownFile(source, findings: &findings)
    guard !findings.contains(where: { $0.severity == .error && !$0.id.hasPrefix("body/") }) else { return nil }
    self.platforms = platforms
    newline = source.newline
    hadHead = file.head != nil
    bodyStart = file.body.lowerBound
    var head = Array(source.bytes[..<bodyStart])
    origins = Array(head.indices)
    if let old = file.head {
      closing = Array(source.bytes[old.upperBound..<bodyStart])
    } else {
      closing = Array(("---" + newline).utf8)
      head += closing + closing
      origins += [Int?](repeating: nil, count: 2 * closing.count)
    }
    text = SourceText(path: source.path, bytes: head)
    value = .map([])
    guard let read = read(text) else { return nil }
    (root, value) = read
  }

  /// Reads a text as the loader does; nil when it is no head and nothing else.
  private func read(_ text: SourceText) -> (root: YAMLNode?, value: FieldValue)? {
    let split = HeadSplit(text.bytes)
    guard let head = split.head, split.body.isEmpty, text.bytes[head.upperBound...].elementsEqual(closing) else { return nil }
    var findings: [Diagnostic] = []
    let root = parseYAML(text, in: head, limits: .frontmatter, diagnostics: &findings)
    guard let pairs = root.map(\.pairs) ?? [], findings.isEmpty else { return nil }
    return (root, .map(pairs.map { FieldValue.Entry($0.keyText, loaded($0, in: text)) }))
  }

  private func loaded(_ pair: YAMLPair, in text: SourceText) -> FieldValue {
    guard platforms.contains(pair.keyText), let own = pair.value.pairs else { return FieldValue(of: pair, in: text) }
    return .map(own.map { FieldValue.Entry($0.keyText, FieldValue(of: $0, in: text)) })
  }

  /// Makes edits when the head is then read as the wanted value, and says whether it is.
  mutating func make(_ edits: [ByteEdit], for wanted: FieldValue) -> Bool {
    let edits = edits.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    for (left, right) in zip(edits, edits.dropFirst()) where left.range.upperBound > right.range.lowerBound { return false }
    let after = SourceText(path: text.path, bytes: edits.applied(to: text.bytes))
    guard let read = read(after), read.value.isSame(as: wanted) else { return false }
    for edit in edits.reversed() { origins.replaceSubrange(edit.range, with: [Int?](repeating: nil, count: edit.replacement.count)) }
    text = after
    (root, value) = read
    return true
  }

  /// Everything that was done, as edits of the file.
  var edits: [ByteEdit] {
    // Without a key there is no need for a head.
    if root == nil, !hadHead { return [] }
    var edits: [ByteEdit] = []
    var (position, new) = (0, [UInt8]())
    func close(at end: Int) {
      if position < end || !new.isEmpty { edits.append(ByteEdit(position..<end, new)) }
      new = []
    }
    for (byte, origin) in zip(text.bytes, origins) {
      if let origin {
        close(at: origin)
        position = origin + 1
      } else {
        new.append(byte)
      }
    }
    close(at: bodyStart)
    return edits
  }

  /// The node at a place.
  func node(at place: [Int]) -> YAMLNode? {
    place.reduce(root) { node, index in node?.list?[index] ?? node?.pairs?[index].value }
  }

  /// Whether what stands at a place stands between brackets.
  func isInFlow(_ place: [Int]) -> Bool {
    place.indices.contains { node(at: Array(place[..<$0])).map(text.isFlow) ?? false }
  }

  /// Where the closing line begins.
  var headEnd: Int { text.bytes.count - closing.count }
}
