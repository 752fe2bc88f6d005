package import ContextModel
package import FileTree

/// What a platform takes and reads in the home directory, for every repository of one person.
package struct UserScope: Sendable {
  /// Its own folder, from the home directory.
  package var root: TreePath
  /// What moves that folder; nil when nothing does.
  package var movedBy: Variable?
  /// Folders in the home directory that it shares with other platforms.
  package var shares: [TreePath] = []
  /// The page that says so.
  package var docs: String
  /// The day on which that was last compared, `YYYY-MM-DD`.
  package var verified: String
  /// The places that it can take each shape in, by id, best first; their paths are from the home directory.
  package var takes: [Shape: [String]] = [:]
  package var reads: [Platform.Read] = []
  package var limits: [Platform.Limit] = []
  /// By kind: in which settings files it looks for servers or hooks.
  package var settings: [ArtifactKind: PlatformSettings] = [:]
  /// Settings files that are others, by id, once its folder is moved.
  package var movedSettings: [String: String] = [:]

  /// A variable of the environment that names a folder.
  package struct Variable: Hashable, Sendable {
    package var name: String
    /// What follows the variable's value on the way to the folder; nil when the value is the folder itself.
    package var rest: TreePath?

    /// Such as `$ACME_HOME`, or `$XDG_CONFIG_HOME/acme`; nil for anything else.
    package init?(_ text: String) {
      let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = parts.first, first.first == "$", first.count > 1,
        first.dropFirst().utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
      else { return nil }
      name = String(first.dropFirst())
      guard parts.count == 2 else { return }
      guard let rest = TreePath(String(parts[1])) else { return nil }
      self.rest = rest
    }
  }

  /// A folder in the home directory that outputs lie in.
  package struct Root: Hashable, Sendable {
    package var folder: TreePath
    package var movedBy: Variable?
  }

  /// Puts the settings files in place that count once the folder is moved.
  fileprivate mutating func moveSettings() {
    for (kind, files) in settings {
      settings[kind]?.takes = files.takes.map { movedSettings[$0] ?? $0 }
      settings[kind]?.alsoReads = files.alsoReads.map { movedSettings[$0] ?? $0 }
    }
  }

  /// Its own folder and those that it shares; what moves the latter, their owners say.
  package var roots: [Root] { [Root(folder: root, movedBy: movedBy)] + shares.map { Root(folder: $0, movedBy: nil) } }
}

extension PlatformCatalog {
  /// The same platforms as they are in the home directory, which lies in a tree as `~`.
  ///
  /// Those that have nothing there can be named, and not be chosen.
  package func ofHome(moving isMoved: (UserScope.Root) -> Bool = { _ in false }) -> PlatformCatalog {
    var out = self
    let scopes = platforms.compactMap(\.user)
    let taken = Set(scopes.flatMap { $0.takes.values.joined() })
    let carriers = Set(taken.compactMap { places[$0]?.importing?.place })
    // A lock that names what no platform places in a home is not believed.
    out.places = places.filter { taken.contains($0.key) || carriers.contains($0.key) }.compactMapValues(\.inHome)
    let files = Set(scopes.flatMap { $0.settings.values.flatMap(\.reads) + $0.movedSettings.values })
    out.settings = settings.filter { files.contains($0.key) }.mapValues(\.inHome)
    for var platform in platforms {
      if let user = platform.user, !user.movedSettings.isEmpty, isMoved(user.roots[0]) { platform.user?.moveSettings() }
      out.insert(platform.inHome)
    }
    return out
  }

  /// The same platforms without what only they have in the home directory.
  package var ofProject: PlatformCatalog {
    var out = self
    let scopes = platforms.compactMap(\.user)
    let used = Set(platforms.flatMap { $0.takes.values.joined() + $0.legacy })
    let inHome = Set(scopes.flatMap { $0.takes.values.joined() }).subtracting(used)
    out.places = places.filter { !inHome.contains($0.key) }
    let files = Set(platforms.flatMap { $0.settings.values.flatMap(\.reads) })
    let personal = platforms.flatMap { $0.personalSettings.values.flatMap(\.reads) }
    let homeFiles = Set(scopes.flatMap { $0.settings.values.flatMap(\.reads) + $0.movedSettings.values }).subtracting(files).subtracting(personal)
    out.settings = settings.filter { !homeFiles.contains($0.key) }
    return out
  }

  /// The folders in the home directory that outputs may lie in, in order.
  package var homeRoots: [UserScope.Root] {
    var out: [TreePath: UserScope.Root] = [:]
    for root in platforms.compactMap(\.user).flatMap(\.roots) where out[root.folder]?.movedBy == nil { out[root.folder] = root }
    return out.values.sorted { $0.folder < $1.folder }
  }
}

extension Platform {
  fileprivate var inHome: Platform {
    var out = self
    out.takes = user?.takes ?? [:]
    out.reads = (user?.reads ?? []).map(\.inHome)
    out.limits = (user?.limits ?? []).map(\.inHome)
    out.settings = user?.settings ?? [:]
    (out.unread, out.legacy, out.personal, out.personalSettings) = ([], [], [], [:])
    out.detect = user.map { [homePath($0.root.text) + "/"] } ?? []
    out.isSelectable = user != nil
    guard let user else { return out }
    (out.docs, out.verified) = (user.docs, user.verified)
    // A surface that reads nothing there has no part in it.
    if out.reads.allSatisfy({ !$0.on.isEmpty }) { out.surfaces = surfaces.filter { surface in out.reads.contains { $0.on.contains(surface) } } }
    return out
  }
}

extension Platform.Read {
  fileprivate var inHome: Platform.Read {
    var out = self
    out.path = homePath(path)
    out.unless = unless.map(homePath)
    return out
  }
}

extension Platform.Limit {
  fileprivate var inHome: Platform.Limit {
    var out = self
    out.path = homePath(path)
    return out
  }
}

extension Place {
  /// Nil when the path has no room for one folder more.
  fileprivate var inHome: Place? {
    PathTemplate(homePath(path.text)).map(moved)
  }
}

extension SettingsPlace {
  fileprivate var inHome: SettingsPlace {
    var out = self
    out.path = TreePath.home.appending(path)
    return out
  }
}

private func homePath(_ path: String) -> String { TreePath.home.text + "/" + path }
