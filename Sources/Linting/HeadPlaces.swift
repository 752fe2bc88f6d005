import ContextLoading
package import ContextModel
package import Diagnostics
package import YAML

extension Artifact {
  /// The keys of its own file, with their bytes; read again, since few files have findings.
  ///
  /// Empty when they cannot be read, and for a translation what its own head has.
  package var headPairs: [YAMLPair] {
    let range = text.path.hasSuffix(".md") ? HeadSplit(text.bytes).head : 0..<text.bytes.count
    var ignored: [Diagnostic] = []
    guard let range, let root = parseYAML(text, in: range, limits: .frontmatter, diagnostics: &ignored) else { return [] }
    return root.pairs ?? []
  }

  /// Where the first of some keys stands; the file as a whole when its head has none of them.
  package func place(ofKey keys: String...) -> SourcePlace {
    let pairs = headPairs
    let pair = keys.lazy.compactMap { key in pairs.first { $0.keyText == key } }.first
    return pair.map { text.place($0.key.range) } ?? text.whole
  }

  /// Where bytes of its body stand.
  /// - Parameter range: offsets in the body.
  package func place(inBody range: Range<Int>) -> SourcePlace {
    let start = text.bytes.count - body.bytes.count
    return text.place(range.lowerBound + start..<range.upperBound + start)
  }
}
