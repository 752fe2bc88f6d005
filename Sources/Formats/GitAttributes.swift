package import FileTree
package import Layout
import Platforms

/// The managed block of `.gitattributes`: line ends that never change in a checkout, and diffs that show sources before outputs.
///
/// - Parameters:
///   - canonicalPatterns: patterns of the canonical files in the repository.
///   - copyPatterns: patterns of copies of what lies elsewhere, of which every byte counts.
///   - listsOutputs: whether outputs are committed.
package func gitAttributes(
  for layout: Layout, canonicalPatterns: [String], copyPatterns: [String] = [], listsOutputs: Bool = true
) -> DesiredOutput? {
  guard let path = TreePath(".gitattributes") else { return nil }
  let lines =
    ["/aiwg.lock merge=union text eol=lf"] + canonicalPatterns.sorted().map { "\($0) text=auto eol=lf" }
    + copyPatterns.sorted().map { "\($0) -text linguist-vendored" }
  var bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
  let outputs = listsOutputs ? layout.deliveries.lazy.filter { $0.place.path.isPerArtifact }.compactMap(pattern).sorted() : []
  var last: TreePath?
  for pattern in outputs where pattern != last {
    last = pattern
    bytes.append(UInt8(ascii: "/"))
    bytes += pattern.bytes
    bytes += " text=auto eol=lf linguist-generated\n".utf8
  }
  return DesiredOutput(path: path, form: .block(bytes, .hash), origins: ["aiwg.yaml"], platforms: [])
}

private let everything = TreePath(known: "**")

/// Of what is ours and nothing else: a user's own files lie in the same folders.
private func pattern(of delivery: Layout.Delivery) -> TreePath? {
  delivery.place.format == .skill ? delivery.path.parent?.appending(everything) : delivery.path
}
