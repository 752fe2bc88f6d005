import FileTree
import YAML

/// The value of `nested:`.
extension YAMLDecoder {
  /// `true` for every directory, or a list of directories and patterns of them.
  mutating func nested(_ node: YAMLNode) -> [String] {
    guard node.list != nil else { return expectBool(node) == true ? ["**"] : [] }
    var out: [String] = []
    for item in expectList(node) ?? [] {
      guard let text = expectText(item) else { continue }
      let pattern = text.hasSuffix("/") ? String(text.dropLast()) : text
      guard let path = TreePath(pattern), !path.leadsIntoGit else {
        report(
          "nested", "`\(text)` is no folder below aiwg.yaml", at: item.range,
          help: "write it like `services/api`, or `packages/*` for each folder there; `nested: true` means every folder")
        continue
      }
      out.append(pattern)
    }
    return out
  }
}
