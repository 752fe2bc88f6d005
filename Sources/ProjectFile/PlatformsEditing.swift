import Diagnostics
import YAML

extension ProjectFile {
  /// The bytes with another list of platforms; all others stay.
  package func settingPlatforms(_ platforms: [String]) -> [UInt8] {
    guard let pair = root?.pairs?.first(where: { $0.keyText == "platforms" }) else { return insertingPlatforms(platforms) }
    if let items = pair.value.list, !items.isEmpty, !source.isFlow(pair.value) { return editing(items, of: pair, to: platforms) }
    let range = source.written(pair)
    return [ByteEdit(range, ((range.isEmpty ? " " : "") + flowList(platforms)).utf8)].applied(to: source.bytes)
  }

  private func insertingPlatforms(_ platforms: [String]) -> [UInt8] {
    let entry = "platforms: " + flowList(platforms)
    guard let root, let pairs = root.pairs else {
      let isLineOpen = source.bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
      let hasText = isLineOpen && !source.bytes.elementsEqual([0xEF, 0xBB, 0xBF])
      return source.bytes + ((hasText ? source.newline : "") + entry + source.newline).utf8
    }
    let isFlow = source.isFlow(root)
    let start = isFlow ? root.range.lowerBound + 1 : pairs.first?.key.range.lowerBound ?? root.range.lowerBound
    let end = isFlow ? (pairs.isEmpty ? "" : ", ") : source.newline + source.margin(of: start)
    return [ByteEdit(start..<start, (entry + end).utf8)].applied(to: source.bytes)
  }

  /// Items that stay keep their lines, comments and all; only an order that cannot be had so replaces the whole list.
  private func editing(_ items: [YAMLNode], of pair: YAMLPair, to platforms: [String]) -> [UInt8] {
    guard !platforms.isEmpty else {
      let range = source.valueStart(of: pair)..<source.lineEnd(of: pair.value.range.upperBound)
      return [ByteEdit(range, " []".utf8)].applied(to: source.bytes)
    }
    let margin = source.margin(of: pair.value.range.lowerBound)
    let wanted = Set(platforms)
    let kept = items.filter { wanted.contains($0.text ?? "") }
    guard let last = kept.last, platforms.starts(with: kept.compactMap(\.text)) else {
      let lines = platforms.map { "- " + spelled($0) }.joined(separator: source.newline + margin)
      return [ByteEdit(pair.value.range, lines.utf8)].applied(to: source.bytes)
    }
    var edits = items.filter { !wanted.contains($0.text ?? "") }.map { ByteEdit(source.line(of: $0.range.lowerBound), []) }
    let added = platforms.dropFirst(kept.count).map { source.newline + margin + "- " + spelled($0) }.joined()
    let end = source.lineEnd(of: last.range.upperBound)
    edits.append(ByteEdit(end..<end, added.utf8))
    return edits.sorted { $0.range.lowerBound < $1.range.lowerBound }.applied(to: source.bytes)
  }
}
