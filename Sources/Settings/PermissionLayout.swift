package import ContextModel
package import Platforms

/// Which settings file says what is permitted, and for whom.
package struct PermissionDelivery: Sendable {
  package var place: SettingsPlace
  package var entry: SettingsPlace.Entry
  /// Nil when only what is ignored is said there.
  package var permissions: Artifact?
  /// What is ignored, for platforms that have no file for it.
  package var ignore: Artifact?
  package var platforms: [String]
}

/// Which file says what is ignored, and for whom.
package struct IgnoreDelivery: Sendable {
  package var file: IgnoreFile
  package var artifact: Artifact
  package var platforms: [String]

  package init(file: IgnoreFile, artifact: Artifact, platforms: [String]) {
    (self.file, self.artifact, self.platforms) = (file, artifact, platforms)
  }
}

extension SettingsLayout {
  /// Chooses the files for what is permitted and what is ignored; there is one artifact of each at most.
  mutating func add(permissions: Artifact?, ignore: Artifact?, _ platforms: [Platform], _ catalog: PlatformCatalog) {
    for platform in platforms {
      let id = (platform.settings[.permissions]?.takes ?? []).first { catalog.settings[$0]?.entries[.permissions]?.dialect.permissions != nil }
      if let permissions, id == nil { missing.append((platform.id, permissions)) }
      let hidden = ignore.flatMap { platform.ignoreFile == nil ? $0 : nil }
      if let file = platform.ignoreFile, let ignore {
        take(IgnoreDelivery(file: file, artifact: ignore, platforms: [platform.id]))
      } else if let ignore, id == nil {
        missing.append((platform.id, ignore))
      }
      guard let id, let place = catalog.settings[id], let entry = place.entries[.permissions], permissions != nil || hidden != nil else { continue }
      take(PermissionDelivery(place: place, entry: entry, permissions: permissions, ignore: hidden, platforms: [platform.id]))
    }
    findReadElsewhere(platforms)
  }

  /// Names the files for other platforms that a platform reads by rules of its own.
  mutating func findReadElsewhere(_ platforms: [Platform]) {
    for platform in platforms {
      for id in platform.settings[.permissions]?.alsoReads ?? [] {
        guard let other = permissions.first(where: { $0.place.id == id && !$0.platforms.contains(platform.id) }) else { continue }
        guard let artifact = other.permissions ?? other.ignore else { continue }
        readElsewhere.append((platform.id, artifact, other.place))
      }
    }
  }

  private mutating func take(_ delivery: IgnoreDelivery) {
    if let same = ignoreFiles.firstIndex(where: { $0.file.path == delivery.file.path }) {
      ignoreFiles[same].platforms += delivery.platforms
      // Who shares a file gets what all of them read.
      ignoreFiles[same].file.lacksNegation = ignoreFiles[same].file.lacksNegation || delivery.file.lacksNegation
    } else {
      ignoreFiles.append(delivery)
    }
  }

  private mutating func take(_ delivery: PermissionDelivery) {
    guard let same = permissions.firstIndex(where: { $0.place.id == delivery.place.id }) else { return permissions.append(delivery) }
    permissions[same].platforms += delivery.platforms
    permissions[same].ignore = permissions[same].ignore ?? delivery.ignore
  }
}
