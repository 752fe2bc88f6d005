package import ContextModel
package import FileTree
package import Platforms

/// A settings file that is there, with what may be the user's own in it.
package struct FoundSettings: Sendable {
  package var place: SettingsPlace
  /// By kind that the file may have: ids of the platforms that look for it there, in order.
  package var platforms: [ArtifactKind: [String]]
  package var bytes: [UInt8]

  package var path: TreePath { place.path }
}

extension Finding {
  /// Settings files that platforms look into first; what they read as well is another one's.
  mutating func lookForSettings(of platform: Platform) throws(TreeError) {
    for kind in platform.settings.keys.sorted() {
      for id in platform.settings[kind]?.takes ?? [] {
        guard let place = catalog.settings[id], !place.isLines, place.entries[kind] != nil else { continue }
        if settings[id] == nil {
          guard let bytes = try settingsBytes(at: place.path) else { continue }
          settings[id] = FoundSettings(place: place, platforms: [:], bytes: bytes)
        }
        settings[id]?.platforms[kind, default: []].append(platform.id)
      }
    }
    for id in Set(platform.personalSettings.values.flatMap(\.takes)) {
      guard let path = catalog.settings[id]?.path, case .file = try tree.observe(path) else { continue }
      leave(path, "one person's own")
    }
  }

  mutating func settingsBytes(at path: TreePath) throws(TreeError) -> [UInt8]? {
    switch try tree.observe(path) {
    case .file: return try read(TreeEntry(path: path, kind: .file))
    case .symlink:
      leave(path, "a link; what it leads to is found where it is")
      return nil
    default: return nil
    }
  }
}
