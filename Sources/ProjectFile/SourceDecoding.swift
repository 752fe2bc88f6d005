import FileTree
import Schemas
import YAML

/// The items of `sources:`.
extension YAMLDecoder {
  mutating func sources(_ node: YAMLNode) -> [Project.Source] {
    var sources: [Project.Source] = []
    var names: Set<String> = []
    for item in expectList(node) ?? [] {
      guard let source = source(item) else { continue }
      if let git = source.git, !names.insert(git.name).inserted {
        let place = (item["name"] ?? item["git"] ?? item).range
        report("source-twice", "another source is called `\(git.name)` too", at: place, help: "give one of them a `name:` of its own")
      }
      sources.append(source)
    }
    return sources
  }

  private mutating func source(_ node: YAMLNode) -> Project.Source? {
    let before = diagnostics.count
    guard let pairs = expectPairs(node, known: Project.Source.keys.map(\.name)) else { return nil }
    let keys = pairs.map(\.keyText)
    let origin: Project.Source.Origin?
    switch (keys.contains("git"), keys.contains("library"), keys.contains("path")) {
    case (true, false, _): origin = gitSource(node).map(Project.Source.Origin.git)
    case (false, true, false): origin = node["library"].map { .library(libraryPicks($0)) }
    case (false, false, true): origin = node["path"].flatMap { sourcePath($0) }.map(Project.Source.Origin.path)
    default:
      // What was misspelled is reported already, and may be the one that is missing.
      guard diagnostics.count == before || !keys.isEmpty else { return nil }
      let help = "write `- path: .aiwg`, `- library: [rules/*]` or `- git: URL`; two sources are two items of the list"
      report("incomplete-source", "a source has one of `path`, `library` and `git`", at: node.range, help: help)
      return nil
    }
    refuseMisplaced(pairs)
    guard let origin else { return nil }
    var source = Project.Source(origin)
    if let exclude = node["exclude"] { source.exclude = expectTexts(exclude) ?? [] }
    if let required = node["required"] { source.isRequired = expectBool(required) ?? false }
    if let trusted = node["trusted"] { source.isTrusted = expectBool(trusted) ?? false }
    let picks = ArtifactPicks(artifacts: picked(node["artifacts"]), tags: picked(node["tags"]))
    if picks != [] { source.picks = picks }
    return source
  }

  /// Keys that say nothing about a source of that kind.
  private mutating func refuseMisplaced(_ pairs: [YAMLPair]) {
    let keys = pairs.map(\.keyText)
    for pair in pairs {
      switch pair.keyText {
      case "rev", "name", "trusted":
        guard !keys.contains("git") else { continue }
        report("misplaced-key", "only a source with `git` has a `\(pair.keyText)`", at: pair.key.range, help: "take the line out")
      case "artifacts", "tags":
        guard keys.contains("library") else { continue }
        let help = "write it like `library: {artifacts: [rules/*], tags: [x]}`"
        report("misplaced-key", "what is taken of the library stands under `library`", at: pair.key.range, help: help)
      default: continue
      }
    }
  }

  private mutating func picked(_ node: YAMLNode?) -> [String] {
    guard let node else { return [] }
    if node.isNull || node.list?.isEmpty == true {
      report(
        "empty-picks", "this picks nothing of the source", at: node.range,
        help: "name what to take, such as `[rules/*]`; without the line, everything is taken")
    }
    return expectTexts(node) ?? []
  }

  private mutating func sourcePath(_ node: YAMLNode) -> String? {
    guard let path = expectText(node) else { return nil }
    guard !path.hasPrefix("/"), !path.isEmpty else {
      report("absolute-source", "a source is relative to aiwg.yaml", at: node.range, help: "write it like `.aiwg` or `../shared-rules`")
      return nil
    }
    return path
  }

  // MARK: Git

  private mutating func gitSource(_ node: YAMLNode) -> GitSource? {
    let before = diagnostics.count
    guard let place = node["git"], let url = expectText(place) else { return nil }
    if let (reason, help) = GitSource.problem(withAddress: url) { report("git-address", "`\(url)` \(reason)", at: place.range, help: help) }
    let rev = node["rev"].flatMap { revision($0) }
    let path = node["path"].flatMap { gitPath($0) }
    let name = node["name"].flatMap { sourceName($0) } ?? GitSource.name(of: url)
    if name == nil, node["name"] == nil, diagnostics.count == before {
      report("source-name", "no name can be made of `\(url)`", at: place.range, help: "add `name:` with lower-case letters, digits and hyphens")
    }
    guard let name, diagnostics.count == before else { return nil }
    return GitSource(name: name, url: url, rev: rev, path: path)
  }

  private mutating func revision(_ node: YAMLNode) -> String? {
    guard let rev = expectText(node) else { return nil }
    if GitSource.isRevision(rev) { return rev }
    report("git-revision", "`\(rev)` can be no branch, tag or commit", at: node.range, help: "write it like `main`, `v1.2` or a full commit id")
    return nil
  }

  /// Nil is the root as well.
  private mutating func gitPath(_ node: YAMLNode) -> String? {
    guard let text = expectText(node) else { return nil }
    let path = text.hasSuffix("/") ? String(text.dropLast()) : text
    if path == "." { return nil }
    if let path = TreePath(path), !path.leadsIntoGit { return path.text }
    report("git-path", "`\(text)` is no folder of a repository", at: node.range, help: "write the way from its root, such as `context/shared`")
    return nil
  }

  private mutating func sourceName(_ node: YAMLNode) -> String? {
    guard let name = expectText(node) else { return nil }
    if GitSource.isName(name) { return name }
    report(
      "source-name", "`\(name)` is no name for a source", at: node.range,
      help: "use lower-case letters, digits, `-`, `_` and `.`, such as `team-rules`")
    return nil
  }
}
