import ContextModel
import Diagnostics
import FileTree
import Formats
import Platforms

/// What paths in a tree can name: its artifacts with the files beside them, and the files of the repository.
struct NamedFiles {
  /// Something that a path may have been meant for.
  struct Guess {
    /// In the tree that it is part of.
    var path: TreePath
    /// What a reference to it names; nil for a file of the repository.
    var target: References.Target?
    /// Whether nothing else has that name.
    var isSure: Bool
  }

  private let repository: LintedRepository
  private let catalog: PlatformCatalog
  /// By the first folder of their path.
  private let places: [Substring: [Place]]
  private let files: Set<TreePath>
  private let outputs: Set<TreePath>
  private let folders: Set<TreePath>
  /// By the last part, for a skill its folder's name: all artifacts and files beside skills that are called so.
  private var byName: [String: [Guess]] = [:]
  /// Names by how long they are, for slips of the pen.
  private var names: [ArtifactKind: [String]] = [:]
  private var nearestNames: [String: String?] = [:]
  private var observed: [TreePath: Bool] = [:]

  init(_ input: LintInput) {
    repository = input.repository
    catalog = input.catalog
    places = Dictionary(grouping: input.catalog.places.values.filter { $0.path.isPerArtifact }) { $0.path.text.prefix { $0 != "/" } }
    files = Set(input.repository.files ?? [])
    outputs = Set(input.repository.outputs)
    var folders: Set<TreePath> = []
    for file in input.repository.files ?? [] {
      var folder = file.parent
      while let path = folder, folders.insert(path).inserted { folder = path.parent }
    }
    self.folders = folders
    for artifact in input.references.artifacts.sorted(by: { $0.id < $1.id }) { add(artifact) }
  }

  private mutating func add(_ artifact: Artifact) {
    let target = References.Target(artifact: artifact.id)
    names[artifact.id.kind, default: []].append(artifact.id.name)
    byName[artifact.id.kind == .skill ? artifact.id.name + "/SKILL.md" : artifact.baseFile.name, default: []].append(
      Guess(path: artifact.baseFile, target: target, isSure: true))
    for resource in artifact.resources {
      let beside = References.Target(artifact: artifact.id, resource: resource.path)
      byName[resource.path.name, default: []].append(Guess(path: resource.source, target: beside, isSure: true))
    }
  }

  /// Whether a path that begins in the folder of an artifact, in its tree or in the repository leads to something.
  mutating func exists(_ path: String, near artifact: Artifact) -> Bool {
    for start in [artifact.repositoryPath?.parent, nil] as [TreePath?] {
      guard let candidate = start.following(path) else { continue }
      if files.contains(candidate) || folders.contains(candidate) || outputs.contains(candidate) { return true }
      if catalog.places(candidate, asBlock: true) || isThere(candidate) { return true }
    }
    return [artifact.path.parent, nil].contains { start in
      start.following(path).map { Self.isThere($0, in: artifact.tree) } ?? false
    }
  }

  /// Whether a folder of that name is where paths of an artifact may begin.
  mutating func hasFolder(_ name: String, near artifact: Artifact) -> Bool {
    guard name != "..", name != ".", let path = TreePath(name) else { return name == ".." || name == "." }
    return folders.contains(path) || isThere(path) || ((try? artifact.tree.observe(path)) ?? .absent) == .directory
  }

  private mutating func isThere(_ path: TreePath) -> Bool {
    if let known = observed[path] { return known }
    let answer = Self.isThere(path, in: repository.tree)
    observed[path] = answer
    return answer
  }

  private static func isThere(_ path: TreePath, in tree: any ReadableTree) -> Bool {
    // What the system does not show is not said to be missing.
    switch (try? tree.observe(path)) ?? .other {
    case .absent, .blocked: false
    default: true
    }
  }

  /// Whether anybody can know that nothing is called so.
  ///
  /// In a repository that the tree is not about only artifacts can be looked for; and a folder that programs write to is theirs.
  mutating func canJudge(_ path: PathWords, in artifact: Artifact) -> Bool {
    if isOfArtifacts(path) { return true }
    guard repository.files != nil || path.parts.count == 1 else { return false }
    guard Self.ofProjects.contains(path.first) else { return true }
    let folder = path.parts.dropLast().joined(separator: "/")
    return path.parts.count > 1 && exists(folder, near: artifact)
  }

  /// Folders that a text may speak of because those who read it have them.
  private static let ofProjects: Set<String> = [
    ".aiwg", "src", "lib", "app", "apps", "test", "tests", "docs", "doc", "packages", "pkg", "cmd", "internal", "scripts", "config", "examples",
    "build",
    "dist", "out", "output", "reports", "public", "assets", "static", "data", "tmp", "temp", "logs", ".github", "spec", "specs", "server", "client",
    "components", "api", "infra", "terraform", "deploy",
  ]

  /// Whether a path has the form of one to an artifact: a folder of its kind, or a place of a platform's.
  private func isOfArtifacts(_ path: PathWords) -> Bool {
    guard let whole = (nil as TreePath?).following(path.text) else { return false }
    let parts = whole.text.split(separator: "/")
    if parts.count == 2, parts[1].hasSuffix(".md"), ArtifactKind(folder: parts[0]) != nil { return true }
    if parts.count >= 3, parts[0] == "skills" { return true }
    return places[parts[0]]?.contains { place in
      ([whole] + whole.ancestors).contains { place.path.name(in: $0) != nil } && (place.format != .skill || parts.last == "SKILL.md")
    } ?? false
  }

  /// Whether a path in backticks lies where the artifact's own files are, or nearly names another artifact.
  mutating func isAtHome(_ path: PathWords, in artifact: Artifact) -> Bool {
    if artifact.id.kind == .skill, path.parts.count > 1 {
      let folders = Set(artifact.resources.compactMap { $0.path.text.split(separator: "/").count > 1 ? $0.path.text.split(separator: "/")[0] : nil })
      if folders.contains(path.parts[0]), !path.text.hasSuffix("/") { return true }
    }
    return isOfArtifacts(path) && guess(for: path.text, near: artifact) != nil
  }

  /// What a path may have been meant for: what alone has that name and lies in a folder of that name, or what is called nearly so.
  mutating func guess(for path: String, near artifact: Artifact) -> Guess? {
    let parts = path.split(separator: "/")
    guard let last = parts.last else { return nil }
    let isSkill = last == "SKILL.md"
    let folder = isSkill ? parts.dropLast(2).last : parts.dropLast().last
    let key = isSkill ? parts.suffix(2).joined(separator: "/") : String(last)
    let same = byName[key] ?? []
    let inFolder = same.filter { $0.folder.map { own in folder.map { own == $0 } ?? true } ?? false }
    if inFolder.count == 1, var only = inFolder.first {
      // A file of that name beside another skill is that skill's.
      let skill = only.target.flatMap { $0.resource == nil ? nil : $0.artifact.name }
      only.isSure = skill.map { name in parts.contains { $0 == name } } ?? (folder != nil || same.count == 1)
      return only
    }
    if inFolder.isEmpty, same.count == 1, var only = same.first {
      only.isSure = folder == nil && only.target?.resource == nil
      return only
    }
    // A name alone is beside the artifact.
    guard same.isEmpty, let kind = folder.map({ ArtifactKind(folder: $0) }) ?? artifact.id.kind, last.hasSuffix(".md") else { return nil }
    let name = isSkill ? String(parts.suffix(2).first ?? "") : String(last.prefix { $0 != "." })
    // It may have become another kind.
    if var other = (byName[name + ".md"] ?? byName[name + "/SKILL.md"])?.first(where: { $0.target?.resource == nil }) {
      other.isSure = false
      return other
    }
    return nearestArtifact(to: name, kind)
  }

  private mutating func nearestArtifact(to name: String, _ kind: ArtifactKind) -> Guess? {
    let key = kind.folder + "/" + name
    // A tree with more of them is not misspelled, it is another one.
    if nearestNames[key] == nil, nearestNames.count < 300 { nearestNames[key] = .some(nearest(to: name, among: names[kind] ?? [])) }
    guard let known = nearestNames[key], let found = known else { return nil }
    let file = kind == .skill ? found + "/SKILL.md" : found + ".md"
    guard var guess = byName[file]?.first(where: { $0.target?.artifact == ArtifactID(kind: kind, name: found) }) else { return nil }
    guess.isSure = false
    return guess
  }
}

extension NamedFiles.Guess {
  /// The folder of a kind, or the one beside SKILL.md.
  fileprivate var folder: Substring? {
    let parts = path.text.split(separator: "/")
    return path.name == "SKILL.md" ? parts.dropLast(2).last : parts.dropLast().last
  }

  /// How the body of an artifact names it: links begin in its folder, anything else in the tree.
  func spelled(in artifact: Artifact, as spelling: Body.Reference.Spelling) -> String {
    guard spelling == .link else { return path.text }
    let from = (artifact.path.parent?.text ?? "").split(separator: "/")
    let to = path.text.split(separator: "/")
    let shared = zip(from, to.dropLast()).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared)).joined(separator: "/")
  }
}
