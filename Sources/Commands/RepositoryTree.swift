import Disk
import FileTree
import Git

/// The files of a repository: those on disk, or those that git has.
enum RepositoryTree: ReadableTree {
  case disk(DiskTree)
  case git(GitTree)

  func entries(under folder: TreePath?) throws(TreeError) -> [TreeEntry] {
    switch self {
    case .disk(let tree): try tree.entries(under: folder)
    case .git(let tree): try tree.entries(under: folder)
    }
  }

  func read(_ path: TreePath) throws(TreeError) -> [UInt8] {
    switch self {
    case .disk(let tree): try tree.read(path)
    case .git(let tree): try tree.read(path)
    }
  }

  func observe(_ path: TreePath) throws(TreeError) -> Observed {
    switch self {
    case .disk(let tree): try tree.observe(path)
    case .git(let tree): try tree.observe(path)
    }
  }

  func stream(_ path: TreePath, to piece: (UnsafeRawBufferPointer) throws(TreeError) -> Void) throws(TreeError) -> Observed {
    switch self {
    case .disk(let tree): try tree.stream(path, to: piece)
    case .git(let tree): try tree.stream(path, to: piece)
    }
  }

  func identity(of path: TreePath?) throws(TreeError) -> FileIdentity? {
    switch self {
    case .disk(let tree): try tree.identity(of: path)
    case .git(let tree): try tree.identity(of: path)
    }
  }

  func names(in folder: TreePath?) throws(TreeError) -> [String] {
    switch self {
    case .disk(let tree): try tree.names(in: folder)
    case .git(let tree): try tree.names(in: folder)
    }
  }
}
