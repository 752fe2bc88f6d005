import Diagnostics
import YAML

extension ProjectFile {
  /// The bytes with another revision of one source; all others stay.
  package func settingRevision(_ rev: String, ofSource index: Int) -> [UInt8] {
    guard let items = root?["sources"]?.list, items.indices.contains(index), let pairs = items[index].pairs,
      let git = pairs.first(where: { $0.keyText == "git" })
    else { return source.bytes }
    if let pair = pairs.first(where: { $0.keyText == "rev" }) {
      let range = source.written(pair)
      return [ByteEdit(range, ((range.isEmpty ? " " : "") + spelled(rev)).utf8)].applied(to: source.bytes)
    }
    if source.isFlow(items[index]) {
      let end = source.written(git).upperBound
      return [ByteEdit(end..<end, ", rev: \(spelled(rev))".utf8)].applied(to: source.bytes)
    }
    let end = source.lineEnd(of: git.value.range.upperBound)
    let line = source.newline + source.margin(of: items[index].range.lowerBound) + "rev: " + spelled(rev)
    return [ByteEdit(end..<end, line.utf8)].applied(to: source.bytes)
  }
}
