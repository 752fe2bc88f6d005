package import Diagnostics
import Schemas
import YAML

/// aiwg.yaml as it was read: what it says, and where, so that it can be edited byte for byte.
package struct ProjectFile: Sendable {
  package let source: SourceText
  package let project: Project
  let root: YAMLNode?

  init(source: SourceText, project: Project, root: YAMLNode?) {
    (self.source, self.project, self.root) = (source, project, root)
  }

  /// Reads aiwg.yaml; nil when something is wrong: every error was appended.
  package init?(_ source: SourceText, diagnostics: inout [Diagnostic]) {
    let before = diagnostics.filter { $0.severity == .error }.count
    self.source = source
    root = parseYAML(source, limits: .configuration, diagnostics: &diagnostics)
    var decoder = YAMLDecoder(source, area: "project")
    project = root.map { decoder.project($0) } ?? Project()
    diagnostics += decoder.diagnostics
    guard diagnostics.filter({ $0.severity == .error }).count == before else { return nil }
  }
}

extension YAMLDecoder {
  fileprivate mutating func project(_ node: YAMLNode) -> Project {
    var project = Project()
    guard formatVersion(of: node, newest: Project.formatVersion) != nil else { return project }
    for pair in expectPairs(node, known: Project.schema.names) ?? [] {
      switch pair.keyText {
      case "version": continue
      case "requires": project.requires = versionRange(pair.value)
      case "platforms": project.platforms = expectTexts(pair.value)
      case "sources": project.sources = sources(pair.value)
      case "show": project.show = expectTexts(pair.value) ?? []
      case "commit": project.commitsOutputs = expectBool(pair.value) ?? true
      case "projects": project.projects = projects(pair.value)
      case "lint": project.lint = lintWeights(pair.value)
      case "nested": project.nested = nested(pair.value)
      case "audit": project.allowances = audit(pair.value)
      case "locale": project.locale = expectText(pair.value)
      default: project.scope = scope(pair.value)
      }
    }
    return project
  }

  private mutating func versionRange(_ node: YAMLNode) -> VersionRange? {
    guard let text = expectText(node) else { return nil }
    let range = VersionRange(text)
    if range == nil { report("invalid-requires", "`\(text)` is no range of versions", at: node.range, help: "write it like `\">=0.3 <1\"`") }
    return range
  }

  private mutating func scope(_ node: YAMLNode) -> Project.Scope {
    guard let text = expectText(node) else { return .project }
    if let scope = Project.Scope(rawValue: text) { return scope }
    let help = "`project` is for the repository, and `user` for the aiwg.yaml of `--scope user`"
    report("unknown-scope", "the scope `\(text)` is not known", at: node.range, help: help)
    return .project
  }

  /// A list of patterns, or a mapping of patterns and tags.
  mutating func libraryPicks(_ node: YAMLNode) -> ArtifactPicks {
    var picks = ArtifactPicks(artifacts: [])
    guard node.pairs != nil else {
      picks.artifacts = someTexts(node)
      return picks
    }
    let pairs = expectPairs(node, known: Project.Source.libraryNames) ?? []
    for pair in pairs {
      if pair.keyText == "tags" { picks.tags = someTexts(pair.value) } else { picks.artifacts = someTexts(pair.value) }
    }
    // What was misspelled is reported already.
    if node.pairs?.isEmpty == true { reportNothing(node) }
    return picks
  }

  /// The texts of a list that must not be empty.
  private mutating func someTexts(_ node: YAMLNode) -> [String] {
    if node.isNull || node.list?.isEmpty == true { reportNothing(node) }
    return expectTexts(node) ?? []
  }

  private mutating func reportNothing(_ node: YAMLNode) {
    let help = "write it like `library: [rules/*]` or `library: {tags: [x]}`; `aiwg library` lists what there is"
    report("empty-library", "this picks nothing of the library", at: node.range, help: help)
  }
}
