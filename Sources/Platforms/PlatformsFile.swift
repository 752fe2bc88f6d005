package import Diagnostics
import FileTree
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
    guard let pairs = decoder.expectPairs(root, known: ["version", "vocabularies", "places", "heads", "platforms"]) else { return }
    let sections = Dictionary(pairs.map { ($0.keyText, $0.value) }) { first, _ in first }
    if let version = sections["version"], version.text != "1" {
      decoder.report("unknown-version", "this aiwg reads version 1 of platforms.yaml", at: version.range, help: "install a newer aiwg")
    }
    for pair in sections["vocabularies"].flatMap({ decoder.expectPairs($0) }) ?? [] {
      if let vocabulary = decoder.vocabulary(pair.value) { catalog.vocabularies[pair.keyText] = vocabulary }
    }
    for pair in sections["heads"].flatMap({ decoder.expectPairs($0) }) ?? [] { catalog.heads[pair.keyText] = decoder.headRules(pair.value) }
    let places = sections["places"].flatMap { decoder.expectPairs($0) } ?? []
    for pair in places {
      if let place = decoder.place(
        id: pair.keyText, pair.value, at: pair.key.range, base: catalog.places[pair.keyText], vocabularies: catalog.vocabularies)
      {
        catalog.places[pair.keyText] = place
      }
    }
    checkImports(places)
    checkPaths(places)
    for pair in sections["platforms"].flatMap({ decoder.expectPairs($0) }) ?? [] {
      if let platform = decoder.platform(id: pair.keyText, pair.value, at: pair.key.range, base: catalog.platform(pair.keyText), heads: catalog.heads)
      {
        check(platform, at: pair)
        catalog.insert(platform)
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
    for (shape, ids) in platform.takes.sorted(by: { $0.key < $1.key }) {
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
    for id in platform.legacy where catalog.places[id] == nil {
      let help = nearest(to: id, among: catalog.places.keys.sorted()).map { "did you mean `\($0)`?" } ?? "declare it under `places:`"
      decoder.report("unknown-place", "`\(platform.id)` has the unknown place `\(id)` under `legacy`", at: pair.key.range, help: help)
    }
    for name in platform.aliases + [platform.id] {
      let others = catalog.platforms.filter { $0.id != platform.id && ($0.id == name || $0.aliases.contains(name)) }
      guard let other = others.last?.id else { continue }
      decoder.report("duplicate-name", "`\(name)` already names the platform `\(other)`", at: pair.key.range)
    }
  }
}
