import ContextModel
package import Diagnostics
import FileTree
import Schemas
import YAML

/// Reads platforms.yaml.
///
/// - Parameter base: the catalog that the file adds to; where it names a place or platform of the base, only the keys that it gives change.
/// - Returns: nil when something is wrong; every error was appended.
package func decodePlatforms(_ source: SourceText, onto base: PlatformCatalog = PlatformCatalog(), diagnostics: inout [Diagnostic])
  -> PlatformCatalog?
{
  let before = diagnostics.count
  guard let root = parseYAML(source, limits: .configuration, diagnostics: &diagnostics) else {
    return diagnostics.count == before ? base : nil
  }
  var file = PlatformsFile(source, base: base)
  file.decode(root)
  diagnostics += file.decoder.diagnostics
  return file.decoder.diagnostics.hasErrors ? nil : file.catalog
}

/// One pass over the document: vocabularies, then the places that use them, then the platforms that take the places.
private struct PlatformsFile {
  var decoder: YAMLDecoder
  var catalog: PlatformCatalog

  init(_ source: SourceText, base: PlatformCatalog) {
    decoder = YAMLDecoder(source, area: "platforms")
    catalog = base
  }

  mutating func decode(_ root: YAMLNode) {
    guard decoder.formatVersion(of: root, newest: PlatformsSchema.formatVersion) != nil,
      let pairs = decoder.expectPairs(root, known: PlatformsSchema.root.names)
    else { return }
    let sections = Dictionary(pairs.map { ($0.keyText, $0.value) }) { first, _ in first }
    for pair in sections["vocabularies"].flatMap({ decoder.expectPairs($0) }) ?? [] {
      if let vocabulary = decoder.vocabulary(pair.value) { catalog.vocabularies[pair.keyText] = vocabulary }
    }
    for pair in sections["heads"].flatMap({ decoder.expectPairs($0) }) ?? [] { catalog.heads[pair.keyText] = decoder.headRules(pair.value) }
    let places = sections["places"].flatMap { decoder.expectPairs($0) } ?? []
    decode(places: places)
    for pair in sections["dialects"].flatMap({ decoder.expectPairs($0) }) ?? [] {
      catalog.dialects[pair.keyText] = decoder.dialect(id: pair.keyText, pair.value, vocabularies: catalog.vocabularies)
    }
    for pair in sections["settings"].flatMap({ decoder.expectPairs($0) }) ?? [] {
      let base = catalog.settings[pair.keyText]
      let place = decoder.settingsPlace(id: pair.keyText, pair.value, at: pair.key.range, base: base, dialects: catalog.dialects)
      if let place { catalog.settings[pair.keyText] = place }
    }
    checkImports(places)
    checkPaths(places)
    let platforms = sections["platforms"].flatMap { decoder.expectPairs($0) } ?? []
    for pair in platforms {
      if let platform = decoder.platform(id: pair.keyText, pair.value, at: pair.key.range, base: catalog.platform(pair.keyText), heads: catalog.heads)
      {
        check(platform, at: pair)
        catalog.insert(platform)
      }
    }
    checkSuccessors(platforms)
  }

  /// What a place is like comes before it, wherever it stands.
  private mutating func decode(places pairs: [YAMLPair]) {
    var open = Dictionary(pairs.map { ($0.keyText, $0) }) { first, _ in first }
    for pair in pairs {
      var chain: [YAMLPair] = []
      var next = open.removeValue(forKey: pair.keyText)
      while let current = next {
        chain.append(current)
        next = current.value["like"]?.text.flatMap { open.removeValue(forKey: $0) }
      }
      for pair in chain.reversed() {
        guard let place = decoder.place(id: pair.keyText, pair.value, at: pair.key.range, in: catalog) else { continue }
        catalog.places[pair.keyText] = place
      }
    }
  }

  /// A successor may stand further down.
  private mutating func checkSuccessors(_ platforms: [YAMLPair]) {
    for pair in platforms {
      guard let successor = catalog.platform(pair.keyText)?.retired?.successor else { continue }
      let place = pair.value["retired"]?["successor"]?.range ?? pair.key.range
      guard let other = catalog.platform(successor) else {
        let help = nearest(to: successor, among: catalog.platforms.map(\.id)).map { "did you mean `\($0)`?" } ?? "name a platform by its id"
        decoder.report("unknown-successor", "there is no platform `\(successor)`", at: place, help: help)
        continue
      }
      if other.retired != nil {
        decoder.report("unknown-successor", "`\(successor)` is retired itself", at: place, help: "name a platform that there still is")
      }
    }
  }

  private mutating func checkImports(_ places: [YAMLPair]) {
    // A place may also change under one that imports it.
    for (id, place) in catalog.places.sorted(by: { $0.key < $1.key }) {
      guard let target = place.importing?.place, catalog.places[target]?.format != .block else { continue }
      guard let pair = places.first(where: { $0.keyText == id }) ?? places.first(where: { $0.keyText == target }) else { continue }
      decoder.report("unknown-place", "`\(id)` imports `\(target)`, which is no place with the format `block`", at: pair.key.range)
    }
  }

  /// Two files of ours cannot be one; blocks share theirs.
  private mutating func checkPaths(_ places: [YAMLPair]) {
    let byPath = Dictionary(grouping: catalog.places.values) { $0.path.text.lowercased() }
    for pair in places {
      guard let place = catalog.places[pair.keyText], place.path.isPerArtifact else { continue }
      let others = (byPath[place.path.text.lowercased()] ?? []).filter { $0.id != place.id }
      guard !decoder.isFull, let other = others.map(\.id).min() else { continue }
      let help = "take the place `\(other)`, or change it under its own name"
      decoder.report("duplicate-path", "`\(place.path.text)` is already the path of the place `\(other)`", at: pair.key.range, help: help)
    }
  }

  /// What a platform takes must be there in a form for the shape; names must lead to one platform.
  private mutating func check(_ platform: Platform, at pair: YAMLPair) {
    guard !decoder.isFull else { return }
    decoder.checkRoots(of: platform, in: catalog, at: pair.value["user"]?.range ?? pair.key.range)
    let takes = platform.takes.sorted { $0.key < $1.key } + (platform.user?.takes.sorted { $0.key < $1.key } ?? [])
    for (shape, ids) in takes {
      for id in ids {
        guard let place = catalog.places[id] else {
          let help = nearest(to: id, among: catalog.places.keys.sorted()).map { "did you mean `\($0)`?" } ?? "declare it under `places:`"
          decoder.report("unknown-place", "`\(platform.id)` takes \(shape) at the unknown place `\(id)`", at: pair.key.range, help: help)
          continue
        }
        // One that loads nothing carries nothing.
        if let importing = place.importing, importing.place == nil { continue }
        let carrier = place.importing.flatMap { $0.place }.flatMap { catalog.places[$0] } ?? place
        if carrier.forms[shape] == nil {
          let help = "add `\(shape): { … }` to the place"
          decoder.report("no-form", "the place `\(id)` has no form for \(shape), which `\(platform.id)` takes there", at: pair.key.range, help: help)
        }
      }
    }
    let files = [platform.settings, platform.personalSettings, platform.user?.settings ?? [:]].flatMap { $0.sorted { $0.key < $1.key } }
    for (old, id) in (platform.user?.movedSettings ?? [:]).sorted(by: { $0.key < $1.key }) where catalog.settings[id] == nil {
      decoder.report("unknown-place", "`\(platform.id)` has the unknown settings `\(id)` in place of `\(old)`", at: pair.key.range)
    }
    for (kind, settings) in files {
      for id in settings.reads where catalog.settings[id]?.entries[kind] == nil {
        let help = nearest(to: id, among: catalog.settings.keys.sorted()).map { "did you mean `\($0)`?" } ?? "declare it under `settings:`"
        decoder.report("unknown-place", "`\(platform.id)` reads \(kind.folder) in the unknown settings `\(id)`", at: pair.key.range, help: help)
      }
    }
    for id in platform.legacy where catalog.places[id] == nil {
      let help = nearest(to: id, among: catalog.places.keys.sorted()).map { "did you mean `\($0)`?" } ?? "declare it under `places:`"
      decoder.report("unknown-place", "`\(platform.id)` has the unknown place `\(id)` under `legacy`", at: pair.key.range, help: help)
    }
    for name in platform.aliases + [platform.id] {
      let other = catalog.platforms.last { $0.id != platform.id && ($0.id == name || $0.aliases.contains(name)) }
      guard let other = other?.id else { continue }
      decoder.report("duplicate-name", "`\(name)` already names the platform `\(other)`", at: pair.key.range)
    }
  }
}
