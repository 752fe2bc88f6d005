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
  let outputs = listsOutputs ? Set(layout.deliveries.lazy.filter { $0.place.path.isPerArtifact }.compactMap(pattern)) : []
  let lines =
    ["/aiwg.lock merge=union text eol=lf"] + canonicalPatterns.sorted().map { "\($0) text=auto eol=lf" }
    + copyPatterns.sorted().map { "\($0) -text linguist-vendored" }
    + outputs.sorted().map { "\($0) text=auto eol=lf linguist-generated" }
  return DesiredOutput(path: path, form: .block(Array((lines.joined(separator: "\n") + "\n").utf8), .hash), origins: ["aiwg.yaml"], platforms: [])
}

/// Of what is ours and nothing else: a user's own files lie in the same folders.
private func pattern(of delivery: Layout.Delivery) -> String? {
  guard delivery.place.format == .skill else { return "/" + delivery.path.text }
  return delivery.path.parent.map { "/" + $0.text + "/**" }
}
