import ContextLoading
import ContextModel
import Diagnostics
import Platforms
import YAML

/// Fields under a platform's id that can change nothing there.
func idleOverrides(_ input: LintInput) -> ArtifactCheck {
  let ids = input.catalog.ids
  return { artifact in
    guard !artifact.overrides.isEmpty else { return [] }
    return artifact.headPairs.compactMap { pair in
      guard let id = ids[pair.keyText], pair.value.pairs != nil, let platform = input.catalog.platform(id) else { return nil }
      return idle(pair, for: platform, in: artifact, input.catalog)
    }
  }
}

private func idle(_ pair: YAMLPair, for platform: Platform, in artifact: Artifact, _ catalog: PlatformCatalog) -> LintFinding? {
  let found = { (reason: String, help: String, range: Range<Int>) in
    Diagnostic(.warning, "override/idle", reason, at: artifact.text.place(range), help: help)
  }
  if !artifact.audience.includes(platform.id) {
    return LintFinding(found("`platforms` leaves `\(platform.id)` out, so that this says nothing", "remove one of the two", pair.key.range))
  }
  guard ArtifactKind.texts.contains(artifact.id.kind), artifact.id.kind != .behavior else { return nil }
  let places = Set(artifact.shapes.flatMap { platform.takes[$0] ?? [] }).compactMap { catalog.places[$0] }
  guard !places.isEmpty else {
    return LintFinding(found("`\(platform.id)` takes no such \(artifact.id.kind.folder), so that this says nothing", "remove it", pair.key.range))
  }
  if places.allSatisfy({ $0.format == .block || $0.format == .import }) {
    let path = Set(places.map(\.path.text)).sorted().joined(separator: "`, `")
    let reason = "`\(platform.id)` gets this in `\(path)`, which has no fields, so that this says nothing"
    return LintFinding(found(reason, "remove it", pair.key.range))
  }
  return same(pair, for: platform, at: places, in: artifact).map { keys, edits in
    let names = keys.map { "`\($0)`" }.joined(separator: ", ")
    let message = "\(names) for `\(platform.id)` \(keys.count == 1 ? "is" : "are") the same as for everybody"
    let range = pair.value.pairs?.first { keys.contains($0.keyText) }?.range ?? pair.key.range
    return LintFinding(found(message, "remove it here", range), fix: edits)
  }
}

/// The keys that say what the file says anyway, with the edits that take them out.
private func same(_ pair: YAMLPair, for platform: Platform, at places: [Place], in artifact: Artifact) -> ([String], [ByteEdit])? {
  let own = (artifact.overrides[platform.id] ?? []).filter { field in
    field.key != "name" && artifact.fields[field.key] == field.value && !artifact.shapes.isEmpty
      && places.allSatisfy { place in artifact.shapes.allSatisfy { place.forms[$0]?.writes(field.key) ?? true } }
  }
  guard !own.isEmpty else { return nil }
  let changes = own.map { HeadChange(path: [pair.keyText, $0.key], value: nil) }
  return (own.map(\.key), headEdits(of: artifact.text, making: changes) ?? [])
}

extension Place.Form {
  /// Whether a canonical field goes out under its own key and as it is.
  fileprivate func writes(_ key: String) -> Bool {
    if let rule = fields.first(where: { $0.key == key }) {
      guard case .field(let names, nil, .same) = rule.source else { return false }
      return names.first == key
    }
    return unlisted == .keep && !drops.contains(key) && !handledFields.contains(key)
  }
}
