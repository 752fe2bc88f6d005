import Diagnostics
import YAML

/// What is left out, and why.
package struct Exclusion: Hashable, Sendable {
  /// Kind/name.
  package var pattern: String
  /// One line of words.
  package var reason: String

  package init(pattern: String, reason: String) {
    self.pattern = pattern
    self.reason = reason
  }

  /// The reason as what may follow `# `.
  fileprivate var comment: String {
    String(String.UnicodeScalarView(reason.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

extension ProjectFile {
  /// The bytes with more exclusions on one source, each with its reason as a comment; all others stay.
  package func adding(_ exclusions: [Exclusion], toSource index: Int) -> [UInt8] {
    guard !exclusions.isEmpty, let items = root?["sources"]?.list, items.indices.contains(index), let last = items[index].pairs?.last
    else { return source.bytes }
    let item = items[index]
    let list = item.pairs?.first { $0.keyText == "exclude" }
    if source.isFlow(item) { return edits(adding: exclusions, inFlow: list, after: last, of: item).applied(to: source.bytes) }
    guard let list else {
      let margin = source.margin(of: item.range.lowerBound)
      let head = source.newline + margin + "exclude:"
      return inserting(head + lines(exclusions, margin + "  "), after: last.value.range.upperBound)
    }
    if source.isFlow(list.value) { return edits(adding: exclusions, inFlow: list, after: last, of: item).applied(to: source.bytes) }
    if let end = list.value.list?.last?.range.upperBound {
      return inserting(lines(exclusions, source.margin(of: list.value.range.lowerBound)), after: end)
    }
    let start = source.valueStart(of: list)
    let end = source.lineEnd(of: start)
    let nothing = ByteEdit(start..<source.written(list).upperBound, [])
    return [nothing, ByteEdit(end..<end, lines(exclusions, source.margin(of: list.key.range.lowerBound) + "  ").utf8)].applied(to: source.bytes)
  }

  private func lines(_ exclusions: [Exclusion], _ margin: String) -> String {
    exclusions.map { "\(source.newline)\(margin)- \(spelled($0.pattern))  # \($0.comment)" }.joined()
  }

  /// The bytes with lines behind the line of an offset.
  private func inserting(_ lines: String, after offset: Int) -> [UInt8] {
    let end = source.lineEnd(of: offset)
    return [ByteEdit(end..<end, lines.utf8)].applied(to: source.bytes)
  }

  /// Nothing may follow a comment in brackets, so that reasons go on lines of their own above.
  private func edits(adding exclusions: [Exclusion], inFlow list: YAMLPair?, after last: YAMLPair, of item: YAMLNode) -> [ByteEdit] {
    let anchor = source.lineStart(of: source.isFlow(item) ? item.range.lowerBound : list?.key.range.lowerBound ?? item.range.lowerBound)
    let margin = String(decoding: source.bytes[anchor...].prefix { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    let comments = exclusions.map { "\(margin)# \(Exclusion(pattern: "", reason: $0.pattern).comment): \($0.comment)\(source.newline)" }.joined()
    return [ByteEdit(anchor..<anchor, comments.utf8), flowEdit(exclusions.map(\.pattern), list, after: last)]
  }

  private func flowEdit(_ names: [String], _ list: YAMLPair?, after last: YAMLPair) -> ByteEdit {
    guard let list else {
      let end = source.written(last).upperBound
      return ByteEdit(end..<end, ", exclude: \(flowList(names))".utf8)
    }
    guard let items = list.value.list else {
      let range = source.written(list)
      return ByteEdit(range, ((range.isEmpty ? " " : "") + flowList(names)).utf8)
    }
    let added = names.map(spelled).joined(separator: ", ")
    let end = items.last?.range.upperBound ?? list.value.range.lowerBound + 1
    return ByteEdit(end..<end, ((items.isEmpty ? "" : ", ") + added).utf8)
  }
}
