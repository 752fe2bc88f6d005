import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import Git
import Layout
import Planning
import Platforms
import ProjectFile
import Settings

/// The outputs that come from an overlay: never one of the project's, and never part of one.
struct PersonalOutputs {
  /// What the project has without the overlay.
  struct Base {
    var sources: Sources
    var platforms: [String]
    var layout: Layout
    var outputs: [DesiredOutput]
    var show: [String]
    var record: RecordFile
    var directories: RuleDirectories
  }

  private(set) var outputs: [DesiredOutput] = []
  private(set) var diagnostics: [Diagnostic]
  private let overlay: Overlay
  private let base: Base
  /// Paths of the project's outputs.
  private let projects: Set<TreePath>
  /// These, and paths of outputs that were added.
  private var taken: Set<TreePath>
  private var repository: Repository { overlay.repository }

  /// - Parameter asksGit: whether it is looked up what git sees.
  /// - Throws: `CommandFailure` and `TreeError` when something cannot be read.
  init(of overlay: Overlay, besides base: Base, asksGit: Bool) throws {
    (self.overlay, self.base) = (overlay, base)
    diagnostics = overlay.diagnostics
    projects = Set(base.outputs.map(\.path))
    taken = projects
    try addPlatforms()
    try addArtifacts()
    let open = try addIgnoreFiles()
    if asksGit { tellGit(open) }
  }

  // MARK: Platforms of one person's

  /// What the project's tree comes to for platforms that only this person uses, with everybody else's outputs as they are.
  private mutating func addPlatforms() throws {
    let added = overlay.added.subtracting(base.platforms)
    guard !added.isEmpty else { return }
    let used = Set(
      base.layout.deliveries.flatMap { delivery in
        delivery.platforms.map { Use(platform: $0, place: delivery.place.directory?.place ?? delivery.place.id) }
      })
    let imports = Set(base.layout.imports.map(\.path.text))
    let known = Set(base.platforms)
    let catalog = base.sources.catalog.narrowed { platform, _, place in
      !known.contains(platform.id) || used.contains(Use(platform: platform.id, place: place.id)) || imports.contains(place.path.text)
    }
    let all = (base.platforms + added).sorted()
    let surroundings = try Surroundings(
      of: repository, for: all, in: catalog, canonicalFolders: base.sources.canonicalFolders, directories: base.directories)
    let renderer = Renderer(of: base.sources.tree, in: catalog, showing: base.show, lanes: ThreadLanes())
    let layout = renderer.layout(for: all, surroundings: surroundings)
    let settings = SettingsRendering(SettingsLayout(of: base.sources.settings, for: all, in: catalog))
    for output in renderer.render(layout).desired.outputs + settings.outputs where !added.isDisjoint(with: output.platforms) {
      if projects.contains(output.path) { continue }
      try add(output, for: added.intersection(output.platforms).sorted())
    }
    let there = Set(base.layout.deliveries.map { Copy(artifact: $0.artifact.id, path: $0.path) })
    for delivery in layout.deliveries
    where projects.contains(delivery.path) && !there.contains(Copy(artifact: delivery.artifact.id, path: delivery.path)) {
      for platform in added.intersection(delivery.platforms).sorted() { leaveOut(delivery.artifact, platform, delivery.path) }
    }
    diagnostics += layout.exceptions.filter { added.contains($0.platform) }.map(\.diagnostic)
  }

  private struct Use: Hashable {
    var platform: String
    var place: String
  }

  private struct Copy: Hashable {
    var artifact: ArtifactID
    var path: TreePath
  }

  // MARK: Artifacts of one person's

  private mutating func addArtifacts() throws {
    guard !overlay.texts.artifacts.isEmpty || !overlay.settings.isEmpty else { return }
    let platforms = Set(base.platforms).union(overlay.added).subtracting(overlay.removed).sorted()
    let catalog = base.sources.catalog.forOnePerson
    let surroundings = try Surroundings(of: repository, for: platforms, in: catalog, canonicalFolders: base.sources.canonicalFolders)
    let renderer = Renderer(of: overlay.texts, in: catalog, showing: base.show, lanes: ThreadLanes())
    let layout = renderer.layout(for: platforms, surroundings: surroundings)
    let room = roomFindings(layout, of: overlay.texts, surroundings: surroundings)
    diagnostics += room.map { finding in
      var shown = finding
      // Nothing of the project's is stopped by it.
      if finding.severity == .error { shown.severity = .warning }
      return shown
    }
    let known = Dictionary(overlay.texts.artifacts.map { ($0.id, $0) }) { first, _ in first }
    for exception in layout.exceptions {
      guard case .missing = exception.problem, let place = sharedPlace(exception.shape, of: exception.platform) else {
        diagnostics.append(exception.diagnostic)
        continue
      }
      for id in exception.artifacts { if let artifact = known[id] { leaveOut(artifact, exception.platform, place) } }
    }
    for output in renderer.render(layout).desired.outputs { try add(output, for: output.platforms) }
    try addSettings(for: platforms, in: catalog)
  }

  /// Servers, hooks and permissions, into files that platforms keep for one person.
  private mutating func addSettings(for platforms: [String], in catalog: PlatformCatalog) throws {
    let layout = SettingsLayout(of: overlay.settings, for: platforms, in: catalog)
    let rendering = SettingsRendering(layout)
    for output in rendering.outputs { try add(output, for: output.platforms) }
    let missing = Set(layout.missing.map { Missing(platform: $0.platform, artifact: $0.artifact.id) })
    diagnostics += rendering.findings
    diagnostics += rendering.losses.filter { $0.kind == .dropped && !missing.contains(Missing(platform: $0.platform, artifact: $0.artifact)) }.map {
      Diagnostic(.warning, "overlay/lost", "`\($0.platform)` does not get all of `\($0.artifact)`: \($0.field): \($0.reason)", at: $0.place)
    }
    let shared = SettingsLayout(of: overlay.settings, for: platforms, in: base.sources.catalog)
    let files = shared.deliveries.map { ($0.artifact, $0.platforms, $0.place.path) }
    let permitted = shared.permissions.compactMap { delivery in delivery.permissions.map { ($0, delivery.platforms, delivery.place.path) } }
    let ignored = shared.ignoreFiles.map { ($0.artifact, $0.platforms, $0.file.path) }
    for (artifact, platforms, path) in files + permitted + ignored {
      for platform in platforms where missing.contains(Missing(platform: platform, artifact: artifact.id)) { leaveOut(artifact, platform, path) }
    }
  }

  private struct Missing: Hashable {
    var platform: String
    var artifact: ArtifactID
  }

  /// Where a platform would take a shape if it were everybody's.
  private func sharedPlace(_ shape: Shape, of platform: String) -> TreePath? {
    let places = base.sources.catalog.places
    let taken = base.sources.catalog.platform(platform)?.takes[shape]?.compactMap { places[$0] } ?? []
    let shared = taken.map { $0.importing?.place.flatMap { places[$0] } ?? $0 }.first { !$0.path.isPerArtifact && !$0.path.isPerDirectory }
    return shared.flatMap { $0.path.filled(with: "x") }
  }

  private mutating func leaveOut(_ artifact: Artifact, _ platform: String, _ place: TreePath) {
    diagnostics.append(
      Diagnostic(
        .warning, "overlay/shared", "`\(platform)` does not get `\(artifact.id)`: it would have to stand in `\(place)`, which is everybody's",
        at: artifact.text.whole,
        help: "what comes from \(Overlay.path) changes nothing that is committed; put it into the project's tree if all are to have it"))
  }

  /// Takes an output, unless its file is the project's or holds something of the user's that is committed.
  private mutating func add(_ output: DesiredOutput, for platforms: [String]) throws {
    let isTaken = taken.contains(output.path)
    let isOwn = base.sources.catalog.isPersonal(output.path)
    let isShared = try !isTaken && !isOwn && base.record.record.hasUsersContent(beside: output, in: repository.tree)
    guard isTaken || isShared else {
      taken.insert(output.path)
      return outputs.append(output)
    }
    let origin = output.origins.first.map { SourcePlace(path: $0) } ?? SourcePlace(path: repository.shownAs + output.path.text)
    let names = platforms.map { "`\($0)`" }.joined(separator: ", ")
    let why = isTaken ? "an output of the project" : "a file of yours that others may have as well"
    diagnostics.append(
      Diagnostic(
        .warning, "overlay/shared", "\(names) \(platforms.count == 1 ? "goes" : "go") without `\(output.path)`, which is \(why)", at: origin,
        help: "what comes from \(Overlay.path) changes nothing that is committed"))
  }

  // MARK: Git

  /// A block in a `.gitignore` of each top folder that personal outputs lie in, which keeps git from itself as well.
  ///
  /// - Returns: outputs that no such file can be made for.
  private mutating func addIgnoreFiles() throws -> [TreePath] {
    let skills = Set(outputs.map(\.path).filter { $0.name == "SKILL.md" }.compactMap(\.parent))
    var lines: [TreePath: Set<String>] = [:]
    var open: [TreePath] = []
    for output in outputs {
      guard let top = output.path.ancestors.last, let inside = output.path.relative(to: top) else {
        open.append(output.path)
        continue
      }
      let folder = output.path.ancestors.first(where: skills.contains)
      let pattern = folder.flatMap { $0.relative(to: top) }.map { ignorePattern(of: $0) + "/" }
      lines[top, default: ["/.gitignore"]].insert(pattern ?? ignorePattern(of: inside))
    }
    for (top, patterns) in lines.sorted(by: { $0.key < $1.key }) {
      guard let name = TreePath(".gitignore") else { continue }
      let text = patterns.sorted().joined(separator: "\n") + "\n"
      let ignore = DesiredOutput(
        path: top.appending(name), form: .block(Array(text.utf8), .hash), origins: [repository.shownAs + Overlay.path], platforms: [])
      if taken.contains(ignore.path) { continue }
      if try base.record.record.hasUsersContent(beside: ignore, in: repository.tree) {
        open += outputs.map(\.path).filter { $0.isInside(top) }
      } else {
        outputs.append(ignore)
      }
    }
    return open
  }

  /// Names what git would add to a commit, or has in one.
  private mutating func tellGit(_ paths: [TreePath]) {
    let own = overlay.configuration.project.sources.compactMap { source -> TreePath? in
      guard case .path(let folder) = source.origin else { return nil }
      return TreePath(folder)
    }
    // What the block in the root's .gitignore has needs no git to tell.
    let all = (paths + own.filter { $0 != Overlay.tree }).filter { !base.sources.catalog.isPersonal($0) }
    guard let git = GitHistory(root: repository.root) else { return }
    if let finding = Overlay.findingAboutGit(git, in: repository) { diagnostics.append(finding) }
    guard !all.isEmpty, let ignored = git.ignored(among: all) else { return }
    let seen = all.filter { !ignored.contains($0) }
    guard !seen.isEmpty else { return }
    diagnostics.append(
      Diagnostic(
        .note, "overlay/not-ignored", "git does not know that this is yours alone: " + seen.map { "`\($0)`" }.joined(separator: ", "),
        help: "add \(seen.map { "`\(ignorePattern(of: $0))`" }.joined(separator: ", ")) to .git/info/exclude"))
  }
}

extension Overlay {
  /// That git tracks aiwg.local.yaml; nil when it does not.
  static func findingAboutGit(_ git: GitHistory, in repository: Repository) -> Diagnostic? {
    guard let file = TreePath(path), git.tracks(file) == true else { return nil }
    return Diagnostic(
      .warning, "overlay/tracked", "git tracks this file, and what is one person's becomes everybody's",
      at: SourcePlace(path: repository.shownAs + file.text), help: "`git rm --cached \(file)` takes it out of git, and leaves it where it is")
  }
}

extension Repository {
  /// Lines of the root's `.gitignore` for what one person keeps, once somebody has an overlay; then they stay for all.
  /// - Throws: `CommandFailure` when the file cannot be read.
  func overlayPatterns(for platforms: [Platform], in catalog: PlatformCatalog, isWanted: Bool) throws(CommandFailure) -> [String] {
    guard let path = TreePath(Overlay.path), let ignore = TreePath(".gitignore") else { return [] }
    let line = ignorePattern(of: path)
    let isThere = try sharedBytes(of: ignore).map { hasOwnLine(line, in: $0) } ?? false
    guard isThere || isWanted else { return [] }
    return [line, ignorePattern(of: Overlay.tree) + "/"] + platforms.flatMap(catalog.personalPaths).map(ignorePattern)
  }
}
