import ArgumentParser
import ContextLoading
import ContextModel
import Diagnostics
import Disk
import FileTree
import Planning
import ProjectFile
import Translating
import Verifying
import YAML

/// The command `aiwg lint`.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find problems in the tree before they reach a platform.",
    discussion: """
      Exits with 1 when there is an error, with --strict also when there is a warning.

      Examples:
        aiwg lint
        aiwg lint --fix
        aiwg lint --source rules-of-the-team
      """)

  @OptionGroup var common: CommonOptions

  @Flag(name: .customLong("fix"), help: "Repair frontmatter that can be repaired, changing only the bytes that need it.")
  var fixes = false

  @Flag(name: .customLong("strict"), help: "Exit with 1 for warnings too.")
  var isStrict = false

  func run() throws {
    try reportingProjects(common) { environment, common, _ in
      let repository = try Repository.find(common, to: fixes ? .writing : .reading)
      var configuration = try Configuration(in: repository, common, mayBeMissing: true)
      var repaired: [Repaired] = []
      if fixes {
        // Looked at first, so that a missing source is told before anything is repaired.
        _ = try Sources(configuration, in: repository, skipsInvalid: false)
        for source in configuration.project.sources {
          do { repaired += try repair(source, in: repository, common) } catch { throw telling(of: repaired, error) }
        }
      }
      for index in configuration.project.sources.indices { configuration.project.sources[index].exclude = [] }
      let all: [Diagnostic]
      do { all = try Sources(configuration, in: repository, skipsInvalid: false).linted } catch {
        throw telling(of: repaired, error)
      }
      let found = all.filter { $0.severity != .note }
      let errors = found.count { $0.severity == .error }
      let warnings = found.count - errors
      let status: ExitStatus = errors > 0 || (isStrict && warnings > 0) ? .drift : .fine
      if common.format == .json {
        environment.print(
          JSONValue.object([
            ("version", .number(1)), ("command", .text("lint")), ("exit", .number(Int(status.rawValue))), ("repaired", .texts(repaired.map(\.path))),
            ("diagnostics", .list(found.inReadingOrder().map(\.json))),
          ]).text)
        return status
      }
      environment.report(found)
      for one in repaired {
        environment.print("repaired \(one.path.escapedForDisplay)\(one.isExcluded ? ", which is still under `exclude:` in aiwg.yaml" : "")\n")
      }
      if environment.verbosity >= 0 { environment.print("\(counted(errors, "error")), \(counted(warnings, "warning"))\n") }
      return status
    }
  }

  /// A failure after files were repaired says so.
  private func telling(of repaired: [Repaired], _ error: any Error) -> any Error {
    guard var failure = error as? CommandFailure, !repaired.isEmpty else { return error }
    let message = "before that, \(counted(repaired.count, "file")) \(repaired.count == 1 ? "was" : "were") repaired: \(repaired[0].path)"
    failure.diagnostics.append(Diagnostic(.note, "lint/repaired", message + (repaired.count > 1 ? " …" : "")))
    return failure
  }

  private struct Repaired {
    /// As the user knows it.
    var path: String
    var isExcluded: Bool
  }

  /// Repairs the heads of a source's files.
  private func repair(_ source: Project.Source, in repository: Repository, _ common: CommonOptions) throws -> [Repaired] {
    guard case .path(let path) = source.origin else { return [] }
    let folder = normalized(repository.root + "/" + path)
    do {
      let inside = TreePath(relativePath(from: repository.root, to: folder))
      if folder == repository.root || inside.map({ (try? repository.tree.observe($0)) == .directory }) ?? false {
        return try repair(source, inside, repository.disk, shownAs: repository.shownAs)
      }
      // A tree of its own: others may repair it from their repositories at the same time.
      let tree = try DiskTree(root: folder)
      let lock = try RunLock(on: tree)
      try lock.take(.writing, common)
      return try withExtendedLifetime(lock) {
        try Repository.putBack(in: tree, shownAs: shown(folder), common.environment)
        return try repair(source, nil, tree, shownAs: shown(folder))
      }
    } catch let error as TreeError {
      throw CommandFailure(error, shownAs: shown(folder))
    }
  }

  private func repair(_ source: Project.Source, _ base: TreePath?, _ tree: DiskTree, shownAs prefix: String) throws -> [Repaired] {
    var edits: [FileEdit] = []
    var names: [String] = []
    for kind in ArtifactKind.texts {
      guard let own = TreePath(kind.folder) else { continue }
      for entry in try tree.entries(under: base?.appending(own) ?? own) where entry.kind == .file {
        let path = base.flatMap { entry.path.relative(to: $0) } ?? entry.path
        guard isArtifact(path, kind) else { continue }
        // What is too large is told by the loader.
        guard case .bytes(let bytes) = try tree.read(entry.path, atMost: mostArtifactBytes) else { continue }
        let text = SourceText(path: prefix + entry.path.text, bytes: bytes)
        guard let changes = repairedHead(of: text), !changes.isEmpty else { continue }
        edits.append(FileEdit(path: entry.path, old: text.bytes, new: changes.applied(to: text.bytes)))
        names.append(name(of: path))
      }
    }
    guard !edits.isEmpty else { return [] }
    try write(edits, to: tree, shownAs: prefix, common.environment)
    return zip(edits, names).map { edit, name in
      Repaired(path: prefix + edit.path.text, isExcluded: source.exclude.contains { matches(name, pattern: $0) })
    }
  }

  /// Kind and name, as patterns have them.
  private func name(of path: TreePath) -> String {
    let parts = path.text.split(separator: "/")
    let last = path.name.hasPrefix("SKILL.") ? parts.dropLast().last : parts.last
    return "\(parts[0])/" + (last?.prefix { $0 != "." } ?? "")
  }

  private func isArtifact(_ path: TreePath, _ kind: ArtifactKind) -> Bool {
    kind == .skill ? path.name.hasPrefix("SKILL.") && path.name.hasSuffix(".md") : path.name.hasSuffix(".md") && path.name.lowercased() != "readme.md"
  }
}

extension Sources {
  /// With what is wrong with translations and checks, which no run but theirs is told.
  fileprivate var linted: [Diagnostic] {
    var found = diagnostics + translations.flatMap { TranslationStatus(of: $0.loaded).findings }
    for rule in tree.artifacts where rule.id.kind == .rule {
      let checks = checks(of: rule, diagnostics: &found)
      found += checks.flatMap(\.fixtureProblems)
    }
    return found
  }
}
