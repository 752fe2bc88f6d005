import ContextModel
import Diagnostics
import YAML

extension YAMLDecoder {
  /// One entry under `platforms`; with a base, only the keys that are given change.
  mutating func platform(id: String, _ node: YAMLNode, at range: Range<Int>, base: Platform?) -> Platform? {
    let known = ["name", "aliases", "docs", "verified", "detect", "surfaces", "takes", "reads", "ignores", "limits"]
    guard let pairs = expectPairs(node, known: known) else { return nil }
    guard id.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }), id != "all" else {
      report("invalid-id", "`\(id)` is no id for a platform", at: range, help: "lower-case letters, digits and hyphens; `all` means every platform")
      return nil
    }
    var platform = base ?? Platform(id: id)
    for pair in pairs { decode(pair, into: &platform) }
    for (key, value) in [("name", platform.name), ("docs", platform.docs), ("verified", platform.verified)] where value.isEmpty {
      report("incomplete-platform", "the platform `\(id)` needs `\(key)`", at: range)
    }
    return platform
  }

  private mutating func decode(_ pair: YAMLPair, into platform: inout Platform) {
    switch pair.keyText {
    case "name": platform.name = expectText(pair.value) ?? ""
    case "aliases": platform.aliases = expectTexts(pair.value) ?? []
    case "docs":
      platform.docs = expectText(pair.value) ?? ""
      if !platform.docs.hasPrefix("https://") { report("not-a-page", "`docs` is the https address of the platform's page", at: pair.value.range) }
    case "verified":
      platform.verified = expectText(pair.value) ?? ""
      let parts = platform.verified.split(separator: "-", omittingEmptySubsequences: false)
      if parts.map(\.count) != [4, 2, 2] || !parts.allSatisfy({ Int($0) != nil }) {
        report("not-a-date", "`verified` is the day as YYYY-MM-DD", at: pair.value.range)
      }
    case "detect": platform.detect = expectTexts(pair.value) ?? []
    case "surfaces": platform.surfaces = expectTexts(pair.value) ?? platform.surfaces
    case "takes": platform.takes.merge(takes(pair.value)) { _, new in new }
    case "reads": platform.reads = (expectList(pair.value) ?? []).compactMap { read($0, surfaces: platform.surfaces) }
    case "ignores":
      for kind in expectPairs(pair.value, known: ArtifactKind.allCases.map(\.folder)) ?? [] {
        platform.ignores[kind.keyText] = expectTexts(kind.value)
      }
    default: platform.limits = (expectList(pair.value) ?? []).compactMap { limit($0) }
    }
  }

  private mutating func takes(_ node: YAMLNode) -> [Shape: [String]] {
    let shapes = Dictionary(uniqueKeysWithValues: Shape.all.map { ($0.description, $0) })
    var out: [Shape: [String]] = [:]
    for pair in expectPairs(node, known: shapes.keys.sorted()) ?? [] {
      if let shape = shapes[pair.keyText] { out[shape] = expectTexts(pair.value) }
    }
    return out
  }

  private mutating func read(_ node: YAMLNode, surfaces: [String]) -> Platform.Read? {
    guard let pairs = expectPairs(node, known: ["path", "when", "on", "unless", "once", "follows-imports"]) else { return nil }
    var read = Platform.Read(path: "", when: .always, on: [], unless: [], once: nil, followsImports: false)
    for pair in pairs {
      switch pair.keyText {
      case "path": read.path = expectText(pair.value) ?? ""
      case "when": read.when = choice(pair.value, Platform.Read.Moment.self) ?? .always
      case "on":
        read.on = expectTexts(pair.value) ?? []
        for surface in read.on where !surfaces.contains(surface) {
          report("unknown-surface", "there is no surface `\(surface)`", at: pair.value.range, help: "name it under `surfaces:` first")
        }
      case "unless": read.unless = expectTexts(pair.value) ?? []
      case "once": read.once = expectText(pair.value)
      default: read.followsImports = expectBool(pair.value) ?? false
      }
    }
    if read.path.isEmpty { report("incomplete-read", "a read needs `path`", at: node.range) }
    return read
  }

  private mutating func limit(_ node: YAMLNode) -> Platform.Limit? {
    guard let pairs = expectPairs(node, known: ["path", "most", "unit", "beyond"]) else { return nil }
    var limit = Platform.Limit(path: "", most: 0, unit: .bytes, beyond: "")
    for pair in pairs {
      switch pair.keyText {
      case "path": limit.path = expectText(pair.value) ?? ""
      case "most": limit.most = expectText(pair.value).flatMap { Int($0) } ?? 0
      case "unit": limit.unit = choice(pair.value, Platform.Limit.Unit.self) ?? .bytes
      default: limit.beyond = expectText(pair.value) ?? ""
      }
    }
    if limit.path.isEmpty || limit.most <= 0 { report("incomplete-limit", "a limit needs `path` and a number above 0 as `most`", at: node.range) }
    return limit
  }
}

extension Platform {
  fileprivate init(id: String) {
    self.init(
      id: id, name: "", aliases: [], docs: "", verified: "", detect: [], surfaces: [""], takes: [:], reads: [], ignores: [:], limits: [])
  }
}
