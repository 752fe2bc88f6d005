import Diagnostics
import Disk
import FileTree
import Git
import JSON
import Platforms
import ProjectFile
import Reading

/// What platforms read more, less and differently than at another commit.
struct ContextDiff {
  /// As the user named it.
  let base: String
  /// Its full id.
  let commit: String
  private(set) var surfaces: [Surface] = []
  /// Why names of artifacts are missing, for each of the two.
  private(set) var notes: [String] = []

  struct Surface {
    var platform: Platform
    var name: String
    var before = SurfaceContext()
    var after = SurfaceContext()

    /// What is new, gone, or has another text, place or moment.
    var changes: [Change] {
      Set(before.items.keys).union(after.items.keys).sorted().compactMap { key in
        let (old, new) = (before.items[key], after.items[key])
        return old == new ? nil : Change(key: key, before: old, after: new)
      }
    }
  }

  struct Change: Hashable {
    var key: SurfaceContext.Key
    var before: SurfaceContext.Item?
    var after: SurfaceContext.Item?
  }

  /// - Parameters:
  ///   - base: the commit to compare with.
  ///   - version: what is compared; the files in the folder unless it names something else.
  /// - Throws: `CommandFailure` when one of the two cannot be read.
  init(since base: String, _ options: CommonOptions, _ version: VersionOptions, _ request: Pipeline.Request) throws {
    self.base = base
    guard options.scope == .project else {
      throw CommandFailure(.usage, "a home directory is no repository", id: "usage/scope", help: "leave out `--scope user`")
    }
    let old = try GitFiles.open(.commit(base), options)
    commit = old.commit ?? base
    let new = try version.opened(options)
    let now = try new.map { try Repository.find(options, in: $0, isWhole: true) } ?? Repository.find(options, to: .reading, isWhole: true)
    var committed = request
    // What one person adds is in no commit.
    committed.leavesOutOverlay = true
    var before = try ContextVersion(of: now.version(in: old, options), options, committed)
    var after = try ContextVersion(of: now, options, new == nil ? request : committed)
    if let problem = before.problem { notes.append("At the base, artifacts are not known by name: \(problem)") }
    if let problem = after.problem { notes.append("Artifacts are not known by name: \(problem)") }
    do throws(TreeError) {
      for id in Set(before.selected + after.selected).sorted() {
        let (old, new) = (before.platform(id), after.platform(id))
        guard let platform = new ?? old else { continue }
        for name in platform.surfaces {
          var surface = Surface(platform: platform, name: name)
          if let old, old.surfaces.contains(name) { surface.before = try before.context(of: old, on: name) }
          if let new { surface.after = try after.context(of: new, on: name) }
          surfaces.append(surface)
        }
      }
    } catch {
      throw CommandFailure(error, shownAs: now.shownAs)
    }
  }

  // MARK: For programs

  var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("diff")), ("exit", .number(0)), ("base", .text(base)), ("commit", .text(commit)),
      ("bytesPerToken", .text("3.8")), ("notes", .texts(notes)), ("surfaces", .list(surfaces.map(\.json))),
    ])
  }
}

extension ContextDiff.Surface {
  fileprivate var json: JSONValue {
    let changes = changes
    return .object([
      ("platform", .text(platform.id)), ("surface", .text(name)), ("start", Self.json(before.start, after.start)),
      ("onDemand", Self.json(before.later, after.later)),
      ("more", .list(changes.filter { $0.before == nil }.map(\.json))), ("less", .list(changes.filter { $0.after == nil }.map(\.json))),
      ("different", .list(changes.filter { $0.before != nil && $0.after != nil }.map(\.json))),
    ])
  }

  private static func json(_ before: Int, _ after: Int) -> JSONValue {
    let figures = { (bytes: Int) in JSONValue.object([("bytes", .number(bytes)), ("tokens", .number(estimatedTokens(ofBytes: bytes)))]) }
    return .object([("before", figures(before)), ("after", figures(after))])
  }
}

extension ContextDiff.Change {
  fileprivate var json: JSONValue {
    var pairs: [(String, JSONValue)] = []
    switch key {
    case .artifact(let name): pairs.append(("artifact", .text(name)))
    case .file: pairs.append(("artifact", .null))
    }
    return .object(pairs + [("before", before?.json ?? .null), ("after", after?.json ?? .null)])
  }
}

extension SurfaceContext.Item {
  fileprivate var json: JSONValue {
    .object([
      (
        "at",
        .list(places.map { .object([("path", .text($0.path.text)), ("when", .text($0.when.word)), ("patterns", .texts($0.when.patterns))]) })
      ),
      ("start", .number(start)), ("onDemand", .number(later)),
    ])
  }
}

extension Repository {
  /// The same folder at another commit.
  /// - Throws: `CommandFailure` when it cannot be opened.
  fileprivate func version(in files: GitFiles, _ options: CommonOptions) throws -> Repository {
    let given = options.target ?? options.directory ?? "."
    let start = given == "." ? "" : given.hasSuffix("/") ? given : given + "/"
    var folder = files.start
    let up = (shownAs.utf8.count - start.utf8.count) / 3
    // The way up from the start is all that its name has behind that of the start.
    for _ in 0..<up { folder = folder?.parent }
    var other = self
    other.tree = .git(files.tree.below(folder))
    other.files = files
    other.top = try normalized(files.top ?? absolutePath(given))
    return other
  }
}
