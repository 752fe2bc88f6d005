package import FileTree
package import Layout
import Platforms

/// The managed block of `.gitattributes`: line ends that never change in a checkout, and diffs that show sources before outputs.
///
/// - Parameter canonicalPatterns: patterns of the canonical files in the repository.
package func gitAttributes(for layout: Layout, canonicalPatterns: [String]) -> DesiredOutput? {
  guard let path = TreePath(".gitattributes") else { return nil }
  let outputs = Set(layout.deliveries.filter { $0.place.path.isPerArtifact }.compactMap(pattern))
  let lines =
    ["/aiwg.lock merge=union text eol=lf"] + canonicalPatterns.sorted().map { "\($0) text=auto eol=lf" }
    + outputs.sorted().map { "\($0) text=auto eol=lf linguist-generated" }
  return DesiredOutput(path: path, form: .block(Array((lines.joined(separator: "\n") + "\n").utf8), .hash), origins: ["aiwg.yaml"], platforms: [])
}

/// Of what is ours and nothing else: a user's own files lie in the same folders.
private func pattern(of delivery: Layout.Delivery) -> String? {
  delivery.place.path.filled(with: delivery.name).map { "/" + $0.text + (delivery.place.format == .skill ? "/**" : "") }
}
