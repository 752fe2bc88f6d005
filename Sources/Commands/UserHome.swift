import Applying
import Diagnostics
import Disk
import FileTree
import Planning
import Platforms
import ProjectFile

/// The home directory of the user, and the folder of aiwg.yaml for what goes there.
struct UserHome {
  /// From the root.
  let path: String
  /// Of aiwg.yaml, aiwg.lock and the state, from the root.
  let folder: String

  /// - Throws: `CommandFailure` when there is no home directory, or not one of the user's own.
  init() throws(CommandFailure) {
    let home = Machine.variable("HOME") ?? ""
    guard home.hasPrefix("/") else {
      let message = home.isEmpty ? "HOME is not set, so there is no home directory" : "HOME is `\(home)`, which is no path from the root"
      throw CommandFailure(.invalid, message, id: "scope/no-home", help: "set HOME to your home directory")
    }
    path = normalized(home)
    guard path != "/", Machine.hasFolder(path) else {
      let message = "HOME is `\(home)`, which is no home directory"
      throw CommandFailure(.invalid, message, id: "scope/no-home", help: "set HOME to your home directory")
    }
    let help = "run it without sudo, as the user whose home it is"
    guard !Machine.isOfAnother(path) else {
      throw CommandFailure(.invalid, "`\(path)` is the home directory of another user, and root runs this", id: "scope/other-home", help: help)
    }
    let caller = Machine.variable("SUDO_USER") ?? ""
    guard caller.isEmpty || caller == "root" else {
      let message = "`\(path)` is not the home directory of `\(caller)`, who runs this as root"
      throw CommandFailure(.invalid, message, id: "scope/other-home", help: help)
    }
    folder = normalized((try Self.value(of: "XDG_CONFIG_HOME") ?? path + "/.config") + "/aiwg")
  }

  /// Where a folder of a platform is.
  struct Place: Hashable {
    var real: String
    /// The variable that moved it; nil where it is in the home directory.
    var variable: String?

    /// As the state has it: a home that is renamed takes what is in it along.
    var recorded: String { variable == nil ? "" : real }
  }

  /// - Throws: `CommandFailure` when the variable that moves it names no folder.
  func place(of root: UserScope.Root) throws(CommandFailure) -> Place {
    let usual = path + "/" + root.folder.text
    guard let variable = root.movedBy, let value = try Self.value(of: variable.name) else { return Place(real: usual) }
    let real = normalized(value + (variable.rest.map { "/" + $0.text } ?? ""))
    return real == usual ? Place(real: usual) : Place(real: real, variable: variable.name)
  }

  /// A variable with a path from the root; nil when it is not set.
  private static func value(of name: String) throws(CommandFailure) -> String? {
    guard let value = Machine.variable(name), !value.isEmpty else { return nil }
    if value.hasPrefix("/"), value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return value }
    throw CommandFailure(
      .invalid, "\(name) is `\(value.escapedForDisplay)`, which is no path from the root", id: "scope/relative",
      help: "give it one that begins with `/`, or unset it")
  }
}

extension CommonOptions {
  /// Refuses the scope of a user where a command has nothing for it.
  /// - Throws: `CommandFailure`.
  func requireProject(_ command: String) throws(CommandFailure) {
    guard scope == .user else { return }
    throw CommandFailure(.usage, "the command `\(command)` is for a repository", id: "usage/scope", help: "leave out `--scope user`")
  }

  /// What stands before a path of a home directory in messages, although it is not in that folder.
  var homePrefix: String? {
    guard scope == .user, let home = try? UserHome() else { return nil }
    return shown(home.folder) + TreePath.home.text + "/"
  }
}

extension Repository {
  /// The home directory of the user, by way of the folder of its aiwg.yaml.
  ///
  /// - Parameter makes: whether that folder is made when it is missing; it goes again when nothing is put there.
  /// - Throws: `CommandFailure` as `find`.
  static func ofUser(_ options: CommonOptions, to mode: RunLock.Mode, makes: Bool) throws -> Repository {
    let home = try UserHome()
    let shownAs = shown(home.folder)
    do {
      var made: NewFolders?
      var scratch: ScratchFolder?
      if !Machine.hasFolder(home.folder) {
        // What only looks finds nothing there, and leaves nothing there either.
        if makes { made = try NewFolders(home.folder) } else { scratch = try ScratchFolder(in: Machine.variable("TMPDIR")) }
      }
      let tree = try DiskTree(root: scratch?.path ?? home.folder)
      let lock = try RunLock(on: tree)
      try lock.take(mode, options)
      try tree.mount(home.path, at: .home)
      let roots = try HomeRoots.read(from: tree)
      let user = User(home: home, recorded: roots, isWriting: mode == .writing, holding: [made, scratch])
      for (folder, real) in roots.sorted(by: { $0.key < $1.key }) {
        if real.isEmpty || Machine.hasFolder(real) {
          try mount(folder, at: real, of: home, in: tree)
        } else {
          // What was left there is gone with it, and the folder of that name in the home directory is another one.
          try user.mountNothing(at: folder, in: tree)
        }
      }
      if mode == .writing { try putBack(in: tree, shownAs: shownAs, options.environment) }
      let repository = Repository(
        root: home.folder, shownAs: shownAs, tree: .disk(tree), disk: tree, lock: lock, pending: mode == .writing ? .none : try PendingRun(in: tree),
        user: user)
      // A first run that was undone leaves nothing; a lock that is damaged is told where it is needed.
      if mode == .writing, let record = try? repository.record(), record.isEmpty { try repository.dropRoots() }
      return repository
    } catch let error as TreeError {
      throw CommandFailure(error, shownAs: shownAs)
    }
  }

  /// What of a home directory a run knows.
  final class User {
    let home: UserHome
    /// Where folders were when outputs were last written.
    let recorded: [TreePath: String]
    fileprivate let isWriting: Bool
    private var holding: [AnyObject?]

    fileprivate init(home: UserHome, recorded: [TreePath: String], isWriting: Bool, holding: [AnyObject?]) {
      (self.home, self.recorded, self.isWriting, self.holding) = (home, recorded, isWriting, holding)
    }

    /// Lets an empty folder stand for one that is not there.
    fileprivate func mountNothing(at folder: TreePath, in tree: DiskTree) throws(TreeError) {
      let empty = try ScratchFolder(in: Machine.variable("TMPDIR"))
      holding.append(empty)
      try tree.mount(empty.path, at: TreePath.home.appending(folder))
    }

    /// Makes the folder that a variable names, as the platform would; it goes again when nothing is put there.
    fileprivate func mountNew(_ real: String, at folder: TreePath, in tree: DiskTree) throws(TreeError) {
      holding.append(try NewFolders(real))
      try tree.mount(real, at: TreePath.home.appending(folder))
    }
  }

  /// Follows the links to a folder of a platform, and to those above it in the home directory, as the platform does; a link further down stays one.
  private static func mount(_ folder: TreePath, at real: String, of home: UserHome, in tree: DiskTree) throws(TreeError) {
    if !real.isEmpty {
      if Machine.hasFolder(real) { try tree.mount(real, at: TreePath.home.appending(folder)) }
      return
    }
    for part in folder.ancestors.reversed() + [folder] {
      let path = home.path + "/" + part.text
      if Machine.isLink(path), Machine.hasFolder(path) { try tree.mount(path, at: TreePath.home.appending(part)) }
    }
  }

  /// Lets the folders of platforms lie in the tree where they are.
  ///
  /// - Parameter trustsRecord: whether those that outputs were written to stay where they were then, wherever they are now.
  /// - Throws: `CommandFailure` when one moved away from under outputs of ours.
  func mountRoots(of catalog: PlatformCatalog, trustsRecord: Bool = false) throws {
    guard let user else { return }
    let record = try self.record()
    var moved: [Diagnostic] = []
    for root in catalog.homeRoots {
      let place = try user.home.place(of: root)
      if let recorded = user.recorded[root.folder], recorded != place.recorded {
        if trustsRecord { continue }
        if record.holds(TreePath.home.appending(root.folder)) {
          moved.append(Self.movedFinding(root, from: recorded, to: place, of: user.home))
          continue
        }
      }
      let isGone = place.variable != nil && !Machine.hasFolder(place.real)
      if isGone, user.recorded[root.folder] != nil { continue }
      do throws(TreeError) {
        try Self.mount(root.folder, at: place.recorded, of: user.home, in: disk)
      } catch {
        throw CommandFailure(error, shownAs: shownAs)
      }
    }
    guard moved.isEmpty else { throw CommandFailure(.invalid, diagnostics: moved) }
  }

  private static func movedFinding(_ root: UserScope.Root, from recorded: String, to place: UserHome.Place, of home: UserHome) -> Diagnostic {
    let old = recorded.isEmpty ? home.path + "/" + root.folder.text : recorded
    let name = place.variable ?? root.movedBy?.name ?? "HOME"
    let help =
      (recorded.isEmpty ? "unset \(name)" : "set \(name) as it was") + ", or run `aiwg remove --scope user`, which clears \(old), and deploy anew"
    return Diagnostic(.error, "scope/moved", "outputs were deployed to \(old), and the folder is now \(place.real)", help: help)
  }

  /// Whether a variable moves a folder of the home directory.
  func isMoved(_ root: UserScope.Root) -> Bool { user.flatMap { try? $0.home.place(of: root).variable } != nil }

  /// Sees to it that the folders of the chosen platforms can be used.
  /// - Throws: `CommandFailure` when two are one, and when one cannot be made that a variable names.
  func checkRoots(of platforms: [Platform], in catalog: PlatformCatalog) throws {
    guard let user else { return }
    var found: [Diagnostic] = []
    var seen: [FileIdentity: TreePath] = [:]
    let needed = Set(platforms.compactMap(\.user).flatMap { $0.roots.map(\.folder) })
    for root in catalog.homeRoots where needed.contains(root.folder) {
      let place = try user.home.place(of: root)
      if let variable = place.variable, !Machine.hasFolder(place.real) {
        do throws(TreeError) {
          if user.isWriting {
            try user.mountNew(place.real, at: root.folder, in: disk)
          } else {
            try user.mountNothing(at: root.folder, in: disk)
          }
        } catch {
          let message = "\(variable) names \(place.real), which is no directory: \(error.reason)"
          found.append(Diagnostic(.error, "scope/no-root", message, help: "create it, or correct the variable"))
        }
        continue
      }
      guard let identity = try? tree.identity(of: TreePath.home.appending(root.folder)) else { continue }
      if let other = seen.updateValue(root.folder, forKey: identity) {
        let message = "`~/\(other)` and `~/\(root.folder)` are one folder"
        found.append(Diagnostic(.error, "scope/one-folder", message, help: "let them be two folders, or choose platforms that need only one of them"))
      }
    }
    guard found.isEmpty else { throw CommandFailure(.invalid, diagnostics: found) }
  }

  /// Notes about the folders that are not where they usually are.
  func rootNotes(of platforms: [Platform], in catalog: PlatformCatalog) throws -> [Diagnostic] {
    guard let user else { return [] }
    let needed = Set(platforms.compactMap(\.user).flatMap { $0.roots.map(\.folder) })
    return try catalog.homeRoots.filter { needed.contains($0.folder) }.compactMap { root in
      let place = try user.home.place(of: root)
      return place.variable.map { Diagnostic(.note, "scope/root", "`~/\(root.folder)` stands for \(place.real), which \($0) names") }
    }
  }

  /// Writes down where the folders are that a plan is about, before it is carried out.
  /// - Throws: `CommandFailure` when that fails.
  func keepRoots(of plan: Plan, in catalog: PlatformCatalog) throws(CommandFailure) {
    guard let user else { return }
    var roots: [TreePath: String] = [:]
    for root in catalog.homeRoots {
      let folder = TreePath.home.appending(root.folder)
      guard plan.changes.contains(where: { $0.path.isInside(folder) }) else { continue }
      roots[root.folder] = try user.home.place(of: root).recorded
    }
    var tree = disk
    do throws(TreeError) { try HomeRoots.write(roots, to: &tree) } catch { throw CommandFailure(error, shownAs: shownAs) }
  }

  /// Forgets where the folders were, when nothing is left there.
  /// - Throws: `CommandFailure` when that fails.
  func dropRoots() throws(CommandFailure) {
    guard user != nil, try record().isEmpty else { return }
    var tree = disk
    do throws(TreeError) {
      // What is still to be undone is undone there.
      if try PendingRun(in: tree) == .none { try HomeRoots.clear(in: &tree) }
    } catch {
      throw CommandFailure(error, shownAs: shownAs)
    }
  }
}

extension Record {
  /// Whether it lists something in a folder.
  fileprivate func holds(_ folder: TreePath) -> Bool {
    claims.keys.contains { $0.isInside(folder) } || settings.keys.contains { $0.isInside(folder) }
  }
}
