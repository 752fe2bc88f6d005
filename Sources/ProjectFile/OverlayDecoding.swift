package import Diagnostics
import Schemas
import YAML

extension ProjectFile {
  /// Reads aiwg.local.yaml: sources that one person adds, and platforms as `+x` and `-x`; nil when something is wrong: every error was appended.
  package init?(overlay source: SourceText, diagnostics: inout [Diagnostic]) {
    let root = parseYAML(source, limits: .configuration, diagnostics: &diagnostics)
    var decoder = YAMLDecoder(source, area: "overlay")
    let project = root.map { decoder.overlay($0) } ?? Project()
    diagnostics += decoder.diagnostics
    guard !diagnostics.hasErrors else { return nil }
    self.init(source: source, project: project, root: root)
  }
}

extension YAMLDecoder {
  fileprivate mutating func overlay(_ node: YAMLNode) -> Project {
    var project = Project()
    guard formatVersion(of: node, newest: Project.overlayVersion) != nil else { return project }
    for pair in expectPairs(node, known: Project.overlaySchema.names) ?? [] where pair.keyText != "version" {
      if pair.keyText == "platforms" {
        project.platforms = expectTexts(pair.value)
        for item in pair.value.list ?? [] where !(item.text.map { $0.count > 1 && ($0.hasPrefix("+") || $0.hasPrefix("-")) } ?? true) {
          report(
            "platforms", "`\(item.text ?? "")` neither adds nor takes away", at: item.range,
            help: "write `+x` or `-x`; which platforms the project has is said in aiwg.yaml")
        }
      } else {
        project.sources = sources(pair.value)
        for place in (pair.value.list ?? []).compactMap({ $0["git"] }) {
          report(
            "git", "a source of one person is a folder or the library", at: place.range,
            help: "what is fetched is committed with aiwg.lock: put the source into aiwg.yaml, or clone it and name its folder with `path:`")
        }
      }
    }
    return project
  }
}
