import ContextLoading
import ContextModel
import FileTree
import JSON
import LanguageServer
import Platforms
import ProjectFile
import Schemas

extension EditorWorkspace {
  /// What may stand at a place: keys and words in a head, paths in a body.
  func completions(_ parameters: JSONNode?) -> JSONValue {
    guard let spot = spot(parameters) else { return .list([]) }
    let found = project(of: spot.path) { project -> [String] in
      let pipeline = try project.pipeline()
      guard let path = project.path(spot.path) else { return [] }
      if path.text == Repository.configurationPath { return EditorWords(pipeline).ofProject(spot) }
      let all = pipeline.sources.tree.artifacts + pipeline.sources.settings
      // A file that is not right yet is no artifact, and its folder says what it will be.
      guard let kind = all.first(where: { $0.repositoryPath == path })?.id.kind ?? Self.kind(of: path) else { return [] }
      return EditorWords(pipeline).ofArtifact(kind, spot)
    }
    return .list((found ?? []).map { .object([("label", .text($0))]) })
  }

  private static func kind(of path: TreePath) -> ArtifactKind? {
    let names = path.ancestors.map(\.name)
    return ArtifactKind.allCases.first { kind in names.contains(kind.folder) }
  }
}

/// The words that a project has for the places of its files.
private struct EditorWords {
  private static let most = 200
  private let pipeline: Pipeline

  init(_ pipeline: Pipeline) { self.pipeline = pipeline }

  private var platforms: [String] { pipeline.sources.catalog.platforms.map(\.id).sorted() }

  func ofProject(_ spot: EditorSpot) -> [String] {
    let line = spot.before
    if !line.contains(":"), !line.hasPrefix(" "), !line.hasPrefix("-") { return Self.projectKeys }
    return line.hasPrefix("platforms:") || line.drop(while: { $0 == " " }).hasPrefix("- ") ? platforms : []
  }

  private static let projectKeys = Project.schema.names.sorted().map { $0 + ": " }

  func ofArtifact(_ kind: ArtifactKind, _ spot: EditorSpot) -> [String] {
    let head = spot.path.hasSuffix(".md") ? HeadSplit(spot.bytes).head : 0..<spot.bytes.count
    guard let head, head.lowerBound <= spot.offset, spot.offset <= head.upperBound else { return paths(spot) }
    let line = spot.before
    guard let colon = line.firstIndex(of: ":") else {
      guard line.drop(while: { $0 == " " }).hasPrefix("- ") else { return (kind.knownKeys + platforms).map { $0 + ": " } }
      return values(ofKey: key(above: spot), kind)
    }
    return values(ofKey: String(line[..<colon]), kind)
  }

  /// The key that a list item belongs to.
  private func key(above spot: EditorSpot) -> String {
    let lines = String(decoding: spot.bytes[..<spot.offset], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let owner = lines.last { line in line.first.map { $0 != " " && $0 != "-" && $0 != "#" } ?? false }
    return owner.flatMap { $0.split(separator: ":").first.map(String.init) } ?? ""
  }

  private func values(ofKey key: String, _ kind: ArtifactKind) -> [String] {
    switch key {
    case "platforms": platforms + platforms.map { "\"!\($0)\"" }
    case "tools", "allowed-tools":
      Array(Set(pipeline.sources.catalog.vocabularies.values.flatMap { $0.words.keys }.filter { !$0.hasSuffix("*") })).sorted()
    case "globs", "paths": globs
    default: kind.schema?.keys.first { $0.name == key }?.schema.choices ?? []
    }
  }

  /// Patterns for the folders and for the kinds of files that the repository has.
  private var globs: [String] {
    guard let files = try? FilesToVerify(in: pipeline.repository, besides: pipeline.sources.canonicalFolders, below: []).paths else { return [] }
    var folders: Set<String> = []
    var endings: Set<String> = []
    for file in files {
      for folder in file.ancestors where folder.depth <= 2 { folders.insert("'\(folder.text)/**'") }
      let parts = file.name.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count > 1, let ending = parts.last, !ending.isEmpty, parts[0] != "" { endings.insert("'**/*.\(ending)'") }
    }
    return Array((endings.sorted() + folders.sorted()).prefix(Self.most))
  }

  /// The files of the tree, behind `@`, `(` or a backtick.
  private func paths(_ spot: EditorSpot) -> [String] {
    let typed = spot.before.reversed().prefix { !"@(` \t".contains($0) }
    guard let opener = spot.before.dropLast(typed.count).last, "@(`".contains(opener) else { return [] }
    let wanted = String(typed.reversed())
    let known = pipeline.sources.tree.artifacts.flatMap { artifact in
      [artifact.path.text] + artifact.resources.map(\.source.text)
    }
    return Array(known.filter { $0.hasPrefix(wanted) }.sorted().prefix(Self.most))
  }
}
