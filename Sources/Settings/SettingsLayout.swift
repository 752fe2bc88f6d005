package import ContextModel
package import Platforms

/// Which settings file says an artifact, and for whom.
package struct SettingsDelivery: Sendable {
  package var artifact: Artifact
  package var place: SettingsPlace
  package var entry: SettingsPlace.Entry
  /// The platforms that read it there, by id, and are to have it.
  package var platforms: [String]

  package init(artifact: Artifact, place: SettingsPlace, entry: SettingsPlace.Entry, platforms: [String]) {
    (self.artifact, self.place, self.entry, self.platforms) = (artifact, place, entry, platforms)
  }
}

/// The settings of a selection: where each artifact goes, and who it does not reach.
package struct SettingsLayout: Sendable {
  package var deliveries: [SettingsDelivery] = []
  package var permissions: [PermissionDelivery] = []
  package var ignoreFiles: [IgnoreDelivery] = []
  /// By platform: artifacts for which it has no settings file that is known.
  package var missing: [(platform: String, artifact: Artifact)] = []
  /// Artifacts that a platform reads although they exclude it, at the path of that file.
  package var unwanted: [(platform: String, artifact: Artifact, place: SettingsPlace)] = []
  /// Artifacts that a platform reads in more than one file.
  package var repeated: [(platform: String, artifact: Artifact, places: [SettingsPlace])] = []

  /// Permissions for another platform that a platform reads as well, by rules of its own.
  package var readElsewhere: [(platform: String, artifact: Artifact, place: SettingsPlace)] = []

  /// Chooses files so that every selected platform gets every artifact, each once where that can be had.
  package init(of artifacts: [Artifact], for selected: [String], in catalog: PlatformCatalog) {
    let platforms = catalog.platforms.filter { selected.contains($0.id) }
    for artifact in artifacts where artifact.id.kind.file == nil { add(artifact, platforms, catalog) }
    let alone = { (kind: ArtifactKind) in artifacts.first { $0.id.kind == kind } }
    add(permissions: alone(.permissions), ignore: alone(.ignore), platforms, catalog)
  }

  private mutating func add(_ artifact: Artifact, _ platforms: [Platform], _ catalog: PlatformCatalog) {
    let kind = artifact.settingKind
    let wanting = platforms.filter { artifact.audience.includes($0.id) }
    let others = platforms.filter { !artifact.audience.includes($0.id) }
    var chosen: [String: String] = [:]
    for platform in wanting {
      let takes = platform.settings[kind]?.takes ?? []
      // A file that somebody reads who is not to have it comes last.
      let open = takes.filter { id in !others.contains { $0.settings[kind]?.reads.contains(id) ?? false } }
      guard let place = open.first ?? takes.first else {
        missing.append((platform.id, artifact))
        continue
      }
      chosen[platform.id] = place
    }
    join(&chosen, wanting, artifact, catalog)
    let ids = Set(chosen.values).sorted()
    for id in ids {
      guard let place = catalog.settings[id], let entry = place.entries[kind] else { continue }
      let readers = wanting.filter { chosen[$0.id] == id }.map(\.id)
      deliveries.append(SettingsDelivery(artifact: artifact, place: place, entry: entry, platforms: readers))
      for platform in others where platform.settings[kind]?.reads.contains(id) ?? false { unwanted.append((platform.id, artifact, place)) }
    }
    for platform in wanting {
      let read = ids.filter { platform.settings[kind]?.reads.contains($0) ?? false }
      if read.count > 1 { repeated.append((platform.id, artifact, read.compactMap { catalog.settings[$0] })) }
    }
  }

  /// Leaves out files that no platform needs, since each that takes it reads another one that is written.
  private func join(_ chosen: inout [String: String], _ platforms: [Platform], _ artifact: Artifact, _ catalog: PlatformCatalog) {
    let kind = artifact.settingKind
    let namesVariable = artifact.fields.contains(where: \.value.namesVariable)
    // Who reads the file of another platform does not read that one's names of variables.
    func references(_ id: String) -> [String: String]? { catalog.settings[id]?.entries[kind]?.dialect.references.mapValues(\.plain) }
    func saysTheSame(_ one: String, _ other: String) -> Bool {
      !namesVariable || references(one) == references(other)
    }
    // Those that fewest depend on go first.
    let counts = Dictionary(grouping: chosen.values) { $0 }.mapValues(\.count)
    for id in counts.keys.sorted(by: { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }) {
      let rest = Set(chosen.values).subtracting([id])
      var moved: [String: String] = [:]
      let readers = platforms.filter { chosen[$0.id] == id }
      for platform in readers { moved[platform.id] = platform.settings[kind]?.reads.first { rest.contains($0) && saysTheSame(id, $0) } }
      if moved.count == readers.count { chosen.merge(moved) { $1 } }
    }
  }
}
