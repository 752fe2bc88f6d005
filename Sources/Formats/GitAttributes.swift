package import FileTree
package import Layout
import Platforms

/// The managed block of `.gitattributes`: line ends that never change in a checkout, and diffs that show sources before outputs.
///
/// - Parameter canonicalPatterns: patterns of the canonical files in the repository.
package func gitAttributes(for layout: Layout, canonicalPatterns: [String]) -> DesiredOutput? {
  guard let path = TreePath(".gitattributes") else { return nil }
  let places = Dictionary(layout.deliveries.map { ($0.place.id, $0.place) }) { first, _ in first }.values
  let outputs = places.filter(\.path.isPerArtifact).map { pattern(of: $0.path.text, isFolder: $0.format == .skill) }
  let lines =
    ["/aiwg.lock merge=union text eol=lf"] + canonicalPatterns.sorted().map { "\($0) text=auto eol=lf" }
    + outputs.sorted().map { "\($0) text=auto eol=lf linguist-generated" }
  return DesiredOutput(path: path, form: .block(Array((lines.joined(separator: "\n") + "\n").utf8), .hash), origins: ["aiwg.yaml"], platforms: [])
}

private func pattern(of template: String, isFolder: Bool) -> String {
  "/" + template.replacing("{name}", with: "*") + (isFolder ? "/**" : "")
}
