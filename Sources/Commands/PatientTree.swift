import Disk
import FileTree

/// A tree of which a folder that cannot be read is empty, and is noted.
final class PatientTree<Base: ReadableTree>: ReadableTree, Sendable {
  private let base: Base
  private let notes = Notes()

  init(_ base: Base) { self.base = base }

  /// What could not be read, each path once, in their order.
  var failures: [TreeError] { notes.all.values.sorted { ($0.path?.text ?? "") < ($1.path?.text ?? "") } }

  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    do throws(TreeError) { return try base.entries(under: folder) } catch { return try entries(piecewise: folder, depth: folder?.depth ?? 0) }
  }

  /// What is in a folder of which something below cannot be read.
  private func entries(piecewise folder: TreePath?, depth: Int) throws(TreeError) -> [TreeEntry] {
    guard depth < mostFolderDepth, let names = noting(folder, { () throws(TreeError) in try base.names(in: folder) }) else { return [] }
    var out: [TreeEntry] = []
    for name in names {
      guard let own = TreePath(name) else { continue }
      let path = folder?.appending(own) ?? own
      guard let observed = noting(path, { () throws(TreeError) in try base.observe(path) }) else { continue }
      switch observed {
      case .file(let size, let isExecutable): out.append(TreeEntry(path: path, kind: .file, isExecutable: isExecutable, size: size))
      case .symlink: out.append(TreeEntry(path: path, kind: .symlink))
      case .other: out.append(TreeEntry(path: path, kind: .other))
      case .directory:
        out.append(TreeEntry(path: path, kind: .directory))
        guard name != ".git" else { continue }
        do throws(TreeError) { out += try base.entries(under: path) } catch { out += try entries(piecewise: path, depth: depth + 1) }
      case .absent, .blocked: continue
      }
    }
    return out.sorted { $0.path < $1.path }
  }

  func read(_ path: TreePath) throws(TreeError) -> [UInt8] { try base.read(path) }

  /// Nothing, where the system does not say.
  func observe(_ path: TreePath) throws(TreeError) -> Observed { noting(path) { () throws(TreeError) in try base.observe(path) } ?? .absent }

  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    try base.stream(path, to: piece)
  }

  func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? { try base.identity(of: path) }

  func names(in folder: TreePath?) throws(TreeError) -> [String] {
    noting(folder) { () throws(TreeError) in try base.names(in: folder) } ?? []
  }

  private func noting<Value>(_ path: TreePath?, _ body: () throws(TreeError) -> Value) -> Value? {
    do throws(TreeError) { return try body() } catch {
      // It went meanwhile.
      if !error.isAbsent { notes.add(error, at: error.path ?? path) }
      return nil
    }
  }

  private final class Notes: @unchecked Sendable {
    private let lock = Lock()
    private var found: [TreePath?: TreeError] = [:]

    var all: [TreePath?: TreeError] { lock.held { found } }

    func add(_ error: TreeError, at path: TreePath?) {
      var error = error
      error.path = path
      lock.held { found[path] = found[path] ?? error }
    }
  }
}
