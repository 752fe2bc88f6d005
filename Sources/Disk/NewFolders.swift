package import FileTree

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Folders that were made for a run, and that go with this value unless something is in them by then.
package final class NewFolders {
  /// Nearest to the root first.
  private let made: [String]

  /// Makes a folder, and those above it that are missing, for the user alone.
  /// - Throws: `TreeError` without a path when the system refuses.
  package init(_ path: String) throws(TreeError) {
    var made: [String] = []
    var current = ""
    for part in path.split(separator: "/") {
      current += "/" + part
      if mkdir(current, 0o700) == 0 {
        made.append(current)
        continue
      }
      var error = TreeError(nil)
      if !Machine.hasFolder(current) {
        error.reason += ", making \(current)"
        for folder in made.reversed() { rmdir(folder) }
        throw error
      }
    }
    self.made = made
  }

  deinit { for folder in made.reversed() { rmdir(folder) } }
}
