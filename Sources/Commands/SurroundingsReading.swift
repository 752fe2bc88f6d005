import Diagnostics
import Disk
import FileTree
import Layout
import Platforms
import Reading
import SharedFiles

extension Surroundings {
  /// Looks at the files of a repository that a selected platform reads, or that hide one that it reads.
  ///
  /// - Parameters:
  ///   - gone: files of which nothing of the user's is left once the plan is carried out.
  ///   - directories: those in which files may carry rules, and why not in others.
  init(
    of repository: Repository, for selected: [String], in catalog: PlatformCatalog, canonicalFolders: [TreePath], without gone: Set<TreePath> = [],
    directories: RuleDirectories = RuleDirectories()
  ) throws {
    let platforms = catalog.platforms.filter { selected.contains($0.id) }
    let reads = platforms.flatMap(\.reads).flatMap { read in [read] + directories.open.compactMap { read.nested(in: $0) } }
    var names = Set((reads.map(\.path) + reads.flatMap(\.unless)).filter { !$0.contains("*") })
    let shared = Set(catalog.places.values.filter { !$0.path.isPerArtifact && !$0.path.isPerDirectory }.map(\.path.text) + directories.openFiles)
    names.formUnion(shared)
    names.subtract(reads.filter(\.isPrivate).map(\.path))
    let followed = Set(reads.filter(\.followsImports).map(\.path))
    self.init(canonicalFolders: canonicalFolders)
    directoryFiles = directories.files
    for name in names.sorted() {
      guard let path = TreePath(name) else { continue }
      if let target = try repository.target(ofLink: path), names.contains(target.text) {
        // It is read as if it imported the other one.
        files.insert(name)
        imports[name] = [target.text]
        continue
      }
      let bytes = gone.contains(path) ? nil : try repository.sharedBytes(of: path)
      let source = SourceText(path: name, bytes: bytes ?? [])
      if shared.contains(name) {
        let frame = BlockFrame(of: source, syntax: .markdown)
        frames[name] = Frame(
          size: TextSize(of: frame.bytes), behind: TextSize(of: frame.behind), users: TextSize(of: frame.users),
          hasWindowsLineBreaks: frame.hasWindowsLineBreaks)
      }
      guard bytes != nil else { continue }
      let (users, own) = Self.split(source)
      let strips = reads.first { $0.path == name }?.strips ?? []
      if hasVisibleText(users, stripping: strips) { files.insert(name) }
      ownLines[name] = Set(own.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
      guard followed.contains(name) else { continue }
      imports[name] = Set(importedPaths(in: users, of: path).map(\.text))
      ownImports[name] = Set(importedPaths(in: own, of: path).map(\.text))
    }
    // Whoever follows the line, or the link, has the file beside those who read it where it is.
    for (name, targets) in imports.sorted(by: { $0.key < $1.key }) {
      for target in targets where directoryFiles[target] == .open { directoryFiles[target] = .closed("`\(name)` leads to it") }
    }
  }

  /// What is the user's, and what is in our block.
  private static func split(_ source: SourceText) -> (users: [UInt8], own: [UInt8]) {
    guard case .found(let block) = findBlock(in: source, syntax: nil) else { return (source.bytes, []) }
    return (block.removed(), block.content)
  }
}

/// Whether a line stands in the managed block of a file.
func hasOwnLine(_ line: String, in bytes: [UInt8]) -> Bool {
  guard case .found(let block) = findBlock(in: SourceText(path: "", bytes: bytes), syntax: .hash) else { return false }
  return block.content.split(separator: UInt8(ascii: "\n")).contains { $0.elementsEqual(line.utf8) }
}

extension Repository {
  /// The bytes of a file that may have a block, or import one that has.
  ///
  /// - Returns: nil for what is no file, or too large to have a block: it is met again, with its reason, if an output goes there.
  /// - Throws: `CommandFailure` for a file that cannot be read: were it taken for none, it would change which places are chosen.
  func sharedBytes(of path: TreePath) throws(CommandFailure) -> [UInt8]? {
    do throws(TreeError) {
      guard case .file = try tree.observe(path), case .bytes(let bytes) = try tree.read(path, atMost: mostSharedBytes) else {
        return nil
      }
      return bytes
    } catch {
      throw CommandFailure(error, shownAs: shownAs)
    }
  }

  /// The path in the repository that a symlink leads to; nil for what is none, or leads outside.
  /// - Throws: `CommandFailure` when the system does not say.
  func target(ofLink path: TreePath) throws(CommandFailure) -> TreePath? {
    do throws(TreeError) {
      guard case .symlink(let target) = try tree.observe(path) else { return nil }
      return path.parent.following(String(decoding: target, as: UTF8.self))
    } catch {
      throw CommandFailure(error, shownAs: shownAs)
    }
  }
}
