import ContextModel
import Diagnostics
import FileTree
import JSON
import Planning
import ProjectFile
import TextDiff

/// What fetching a source anew makes of its copy: the commits, and each file that differs.
struct SourceChange {
  /// One file of the copy; a text that is not there is nil.
  struct File {
    /// Kind/name of what it belongs to; its path where it belongs to nothing.
    var artifact: String
    /// From the root of the repository.
    var path: TreePath
    var old: [UInt8]?
    var new: [UInt8]?

    fileprivate var word: String { old == nil ? "new" : new == nil ? "gone" : "changed" }

    fileprivate var title: String {
      let name = "`\(artifact.escapedForDisplay)`"
      switch word {
      case "new": return name + " is new"
      case "gone": return name + " is gone"
      default: return name + " changed"
      }
    }

    /// With every control character shown: it comes from somebody else.
    fileprivate var diff: String {
      let diff = unifiedDiff(
        old: old ?? [], new: new ?? [], oldName: old == nil ? "/dev/null" : path.quoted("a/"), newName: new == nil ? "/dev/null" : path.quoted("b/"))
      return diff.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).escapedForDisplay }.joined(separator: "\n")
    }
  }

  let git: GitSource
  let pin: Record.Pin
  /// What the copy was of; nil the first time.
  let was: Record.Pin?
  /// In order of artifacts and paths; none the first time, when all is new.
  let files: [File]
  private let count: Int

  init(_ fetched: FetchedSource) {
    (git, pin, was, count) = (fetched.git, fetched.pin, fetched.replaced?.pin, fetched.tree.nodes.count)
    guard let old = fetched.replaced?.files else {
      files = []
      return
    }
    let paths = Set(old.keys).union(fetched.tree.nodes.keys)
    files = paths.compactMap { path -> File? in
      let (before, after) = (old[path], fetched.tree.nodes[path]?.bytes)
      guard before != after else { return nil }
      return File(artifact: Self.artifact(of: path), path: fetched.git.folder.appending(path), old: before, new: after)
    }.sorted { ($0.artifact, $0.path) < ($1.artifact, $1.path) }
  }

  private static func artifact(of path: TreePath) -> String {
    let parts = path.text.split(separator: "/")
    guard parts.count > 1, let kind = ArtifactKind.inFolders.first(where: { $0.folder == parts[0] }) else { return path.text }
    if kind != .skill { return "\(parts[0])/" + (parts.last?.prefix { $0 != "." } ?? "") }
    return parts.count > 2 ? "\(parts[0])/\(parts[1])" : path.text
  }

  /// A line about the commits.
  private var title: String {
    let name = "source \(git.name): "
    guard let was else { return name + "fetched `\(pin.rev)` at \(pin.short), \(counted(count, "file"))" }
    if was.commit == pin.commit { return name + "`\(pin.rev)` is at \(pin.short), as before" }
    let from = was.rev == pin.rev ? "`\(pin.rev)` moved from" : "from `\(was.rev)` at"
    let to = was.rev == pin.rev ? "to" : "to `\(pin.rev)` at"
    return name + "\(from) \(was.short) \(to) \(pin.short), \(counted(Set(files.map(\.artifact)).count, "artifact")) changed"
  }

  /// All of it, for people: by artifact, each file as a unified diff.
  var text: String {
    var out = title.escapedForDisplay + "\n"
    var last: String?
    for file in files {
      if file.artifact != last || file.old == nil || file.new == nil { out += file.title + "\n" }
      last = file.artifact
      out += file.diff
    }
    return out
  }

  var json: JSONValue {
    let files = files.map {
      JSONValue.object([("artifact", .text($0.artifact)), ("path", .text($0.path.text)), ("change", .text($0.word)), ("diff", .text($0.diff))])
    }
    return .object([
      ("name", .text(git.name)), ("url", .text(git.url)), ("rev", .text(pin.rev)), ("path", .optional(git.path)), ("commit", .text(pin.commit)),
      ("was", .optional(was?.commit)), ("digest", .text(pin.digest.hex)), ("files", .list(files)),
    ])
  }
}

extension [SourceChange] {
  /// Of all that was fetched, in order of the names.
  init(of fetched: [String: FetchedSource]) { self = fetched.sorted { $0.key < $1.key }.map { SourceChange($0.value) } }

  var text: String { map(\.text).joined() }

  var json: JSONValue { .list(map(\.json)) }
}
