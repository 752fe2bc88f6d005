import Absorbing
import ContextLoading
import ContextModel
package import Diagnostics
package import FileTree
import Platforms
import Settings
package import SettingsFiles

/// A value in a settings file that the tree says by now.
package struct TakenSetting: Sendable {
  /// The settings file.
  package var path: TreePath
  package var piece: SettingsPiece
  /// Whether the order of the keys in it counts.
  package var isOrdered = false
  /// Its name for a person, such as `mcpServers.issues`.
  package var shown: String
  package var place: SourcePlace
  /// Ids of the platforms that it was for.
  package var platforms: [String]
  /// The file of the tree that says it now, by its path in it.
  package var became: String
}

/// The settings of an import: which canonical files stand for what users wrote into settings files.
struct SettingsImport {
  private(set) var artifacts: [Artifact] = []
  private(set) var taken: [TakenSetting] = []
  private(set) var problems: [Diagnostic] = []

  private let catalog: PlatformCatalog
  private let selected: [String]
  private let options: ImportOptions

  init(_ found: [FoundSettings], for selected: [String], in catalog: PlatformCatalog, options: ImportOptions, shownAs: String) {
    (self.catalog, self.selected, self.options) = (catalog, selected, options)
    let reader = SettingsReader(found, in: catalog, shownAs: shownAs, isOurs: options.isOurs)
    problems = reader.problems
    for unread in reader.unread { leave(unread.name, at: unread.place, unread.reason, help: unread.help) }
    let barred = Dictionary(grouping: reader.unread.filter { $0.id != nil }, by: \.id)
    let wanted = named(reader.read.filter { !isReadByAllTargets($0) })
    for (id, variants) in Dictionary(grouping: wanted, by: \.id).sorted(by: { $0.key < $1.key }) {
      if let other = barred[id]?.first {
        // What stays there would be in the way of what is written.
        let place = other.place.path + (other.place.line.map { ":\($0)" } ?? "")
        for variant in variants { leave(variant.name, at: variant.place, "`\(place)` has one of that name, which cannot be taken") }
        continue
      }
      take(variants)
    }
    let permissions = PermissionImport(reader.files, for: selected, in: catalog, options: options)
    problems += permissions.problems
    taken += permissions.taken
    if let artifact = permissions.artifact { artifacts.append(artifact) }
  }

  /// Servers, and hooks with the names that they get; no other platform runs what was written for one.
  private mutating func named(_ read: [ReadSetting]) -> [ReadSetting] {
    let (servers, hooks) = (read.filter { $0.id.kind != .hook }, read.filter { $0.id.kind == .hook })
    if options.targets != nil {
      for hook in hooks { leave(hook.name, at: hook.place, "what it runs is written for this platform") }
      return servers
    }
    var naming = HookNaming()
    return servers
      + naming.name(hooks, besides: Set(catalog.platforms.map(\.id))) { name in
        options.inTree(ArtifactID(kind: .hook, name: name).settingsFile) == nil
      }
  }

  /// The artifact that the tree has under that name already, when it says what all of them say.
  private func inTree(_ new: Artifact, saying variants: [ReadSetting]) -> Artifact? {
    var findings: [Diagnostic] = []
    guard let bytes = options.inTree(new.path), let known = new.rereading(bytes, platformIDs: catalog.ids, findings: &findings) else { return nil }
    return variants.allSatisfy { $0.lens.replacing(known).means($0.value) } ? known : nil
  }

  /// With the platforms that run it so far, where those are not all.
  private func restricted(_ artifact: Artifact, to variants: [ReadSetting]) -> Artifact? {
    guard artifact.id.kind == .hook, options.targets == nil else { return artifact }
    let places = Set(variants.map(\.found.place.id))
    let readers = selected.filter { id in !places.isDisjoint(with: catalog.platform(id)?.settings[.hook]?.reads ?? []) }
    guard readers.count < selected.count else { return artifact }
    var changes = artifact.fields.map { SettingChange(path: [$0.key], value: $0.value) }
    changes += artifact.overrides.sorted { $0.key < $1.key }.flatMap { id, fields in
      fields.map { SettingChange(path: [id, $0.key], value: $0.value) }
    }
    changes.append(SettingChange(path: ["platforms"], value: .list(readers.map(FieldValue.text))))
    return try? Artifact(new: artifact.id, at: artifact.path, saying: changes, in: catalog)
  }

  /// Whether every platform that is to get a copy reads it where it is.
  private func isReadByAllTargets(_ setting: ReadSetting) -> Bool {
    guard let targets = options.targets else { return false }
    return targets.allSatisfy { catalog.platform($0)?.settings[setting.id.kind]?.reads.contains(setting.found.place.id) ?? false }
  }

  private mutating func take(_ variants: [ReadSetting]) {
    let joining = SettingJoining(variants, preferring: options.preferred, in: catalog)
    problems += joining.problems
    guard let new = joining.artifact.flatMap({ restricted($0, to: variants) }) else { return }
    let artifact = inTree(new, saying: variants) ?? new
    if options.targets == nil {
      let layout = SettingsLayout(of: [artifact], for: selected, in: catalog)
      let settled = variants.contains { !$0.lens.replacing(artifact).means($0.value) }
      if !settled, let (variant, reason) = variants.compactMap({ one in unsaid(one, artifact, layout).map { (one, $0) } }).first {
        for one in variants {
          let place = variant.place.path + (variant.place.line.map { ":\($0)" } ?? "")
          leave(one.name, at: one.place, one.place == variant.place ? reason : "that of `\(place)` cannot be taken")
        }
        return
      }
    }
    artifacts.append(artifact)
    for variant in variants {
      let piece: SettingsPiece = variant.isElement ? .element(of: variant.path, variant.value) : .member(variant.path, variant.value)
      taken.append(
        TakenSetting(
          path: variant.found.path, piece: piece, shown: variant.name, place: variant.place, platforms: variant.platforms,
          became: artifact.id.settingsFile.text))
    }
  }

  /// Why a platform would not get all that its file says; nil when it does.
  private func unsaid(_ variant: ReadSetting, _ artifact: Artifact, _ layout: SettingsLayout) -> String? {
    let kind = artifact.id.kind
    let here = layout.deliveries.first { $0.place.id == variant.found.place.id }
    if let here { return SettingsLens(here).means(variant.value) ? nil : "with these platforms, others read this file too, and not all that it says" }
    for id in variant.platforms {
      let reads = catalog.platform(id)?.settings[kind]?.reads ?? []
      let own = artifact.overrides[id].map { !$0.isEmpty } ?? false
      guard let other = layout.deliveries.first(where: { reads.contains($0.place.id) }), SettingsLens(other).isSaidInFull, !own else {
        return "with these platforms it would stand elsewhere, and not say all of it there"
      }
    }
    return nil
  }

  private mutating func leave(_ name: String, at place: SourcePlace, _ reason: String, help: String? = nil) {
    problems.append(Diagnostic(.warning, "import/left", "`\(name)` is left alone: " + reason, at: place, help: help))
  }
}
