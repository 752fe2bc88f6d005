/// The permissions of a file that is created, whatever the umask.
package enum FileMode: Hashable, Sendable {
  /// 0644.
  case plain
  /// 0755.
  case executable
  /// Those of the file at that path, which is about to be replaced; 0644 when there is none.
  ///
  /// With a run bit or without one whatever that file has, unless it is nil.
  case like(TreePath, isExecutable: Bool? = nil)
}

/// A file that is to be written.
package struct NewFile: Sendable {
  package var path: TreePath
  package var content: Content
  package var mode: FileMode

  package init(path: TreePath, content: Content, mode: FileMode) {
    (self.path, self.content, self.mode) = (path, content, mode)
  }
}

/// A tree that can be changed, one step at a time, each of which happens whole or not at all.
///
/// No step follows a symlink or reaches through one. All throw `TreeError` when the system refuses; nothing has changed then.
package protocol WritableTree: ReadableTree {
  /// Makes one folder, whose own folder exists; false when it was there before.
  mutating func makeFolder(_ path: TreePath) throws(TreeError) -> Bool

  /// Makes folders as `makeFolder` does, in none of which another one lies, perhaps several at once; what follows a failure may be missing.
  mutating func makeFolders(_ paths: [TreePath]) -> [Result<Bool, TreeError>]

  /// Removes a folder when it is empty; false when it is not, or is not there.
  mutating func removeFolder(_ path: TreePath) throws(TreeError) -> Bool

  /// Writes a new file; fails when anything has that name.
  mutating func create(_ path: TreePath, _ content: Content, mode: FileMode) throws(TreeError)

  /// Writes new files as `create` does, perhaps several at once, and says what each has become; what follows a failure may be missing.
  mutating func create(_ files: [NewFile]) -> [Result<FileIdentity?, TreeError>]

  /// Makes a symlink, whatever it leads to; fails when anything has that name.
  mutating func createSymlink(_ path: TreePath, target: [UInt8]) throws(TreeError)

  /// Gives a file a second name, or copies it where the file system knows no links; fails when anything has that name.
  mutating func link(_ path: TreePath, as second: TreePath) throws(TreeError)

  /// Moves a file, symlink or folder to a name that nothing has; fails, also in a race, when anything has it.
  mutating func move(_ path: TreePath, to free: TreePath) throws(TreeError)

  /// Swaps what two names stand for; false, with nothing done, where the file system knows no such step.
  mutating func exchange(_ first: TreePath, _ second: TreePath) throws(TreeError) -> Bool

  /// Moves a file or symlink over another one, or to a name that nothing has.
  mutating func replace(_ path: TreePath, with staged: TreePath) throws(TreeError)

  /// Removes a file or symlink.
  mutating func remove(_ path: TreePath) throws(TreeError)

  /// Makes all that was written to the file system of a folder durable; nil is the root.
  mutating func syncFileSystem(of folder: TreePath?) throws(TreeError)

  /// Makes one file, or the names in one folder, durable; nil is the root.
  mutating func sync(_ path: TreePath?) throws(TreeError)
}

extension WritableTree {
  /// One after the other, up to the first failure.
  package mutating func makeFolders(_ paths: [TreePath]) -> [Result<Bool, TreeError>] {
    var out: [Result<Bool, TreeError>] = []
    for path in paths {
      do throws(TreeError) {
        out.append(.success(try makeFolder(path)))
      } catch {
        out.append(.failure(error))
        break
      }
    }
    return out
  }

  /// One after the other, up to the first failure.
  package mutating func create(_ files: [NewFile]) -> [Result<FileIdentity?, TreeError>] {
    var out: [Result<FileIdentity?, TreeError>] = []
    for file in files {
      do throws(TreeError) {
        try create(file.path, file.content, mode: file.mode)
        out.append(.success(try identity(of: file.path)))
      } catch {
        out.append(.failure(error))
        break
      }
    }
    return out
  }
}
