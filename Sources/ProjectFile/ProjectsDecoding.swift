import FileTree
import YAML

/// The items of `projects:`.
extension YAMLDecoder {
  mutating func projects(_ node: YAMLNode) -> [String] {
    var out: [String] = []
    for item in expectList(node) ?? [] {
      guard let text = expectText(item) else { continue }
      let pattern = text.hasSuffix("/") ? String(text.dropLast()) : text
      guard let path = TreePath(pattern), !path.leadsIntoGit, !pattern.contains("**") else {
        report(
          "projects", "`\(text)` is no folder below aiwg.yaml", at: item.range,
          help: "write it like `services/api`, or `packages/*` for each folder there with an aiwg.yaml")
        continue
      }
      out.append(pattern)
    }
    return out
  }
}
