import ContextModel
import Diagnostics
import Schemas
import YAML

extension YAMLDecoder {
  /// One entry under `platforms`; with a base, only the keys that are given change.
  mutating func platform(id: String, _ node: YAMLNode, at range: Range<Int>, base: Platform?, heads: [String: [HeadRule]]) -> Platform? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.platform.names) else { return nil }
    guard isPlatformID(id) else {
      report("invalid-id", "`\(id)` is no id for a platform", at: range, help: "lower-case letters, digits and hyphens; `all` means every platform")
      return nil
    }
    var platform = base ?? Platform(id: id)
    for pair in pairs { decode(pair, into: &platform, heads) }
    checkSurfaces(of: platform, node, at: range)
    for (key, value) in [("name", platform.name), ("docs", platform.docs), ("verified", platform.verified)] where value.isEmpty {
      report("incomplete-platform", "the platform `\(id)` needs `\(key)`", at: range)
    }
    return platform
  }

  private mutating func decode(_ pair: YAMLPair, into platform: inout Platform, _ heads: [String: [HeadRule]]) {
    switch pair.keyText {
    case "name": platform.name = expectText(pair.value) ?? ""
    case "aliases": platform.aliases = expectTexts(pair.value) ?? []
    case "docs": platform.docs = page(pair)
    case "verified":
      platform.verified = day(pair) ?? ""
    case "detect": platform.detect = expectTexts(pair.value) ?? []
    case "surfaces": platform.surfaces = expectTexts(pair.value) ?? platform.surfaces
    case "reviewers": platform.reviewers = expectTexts(pair.value) ?? []
    case "legacy": platform.legacy = expectTexts(pair.value) ?? []
    case "personal": platform.personal = expectTexts(pair.value) ?? []
    case "settings": platform.settings.merge(settingsOfPlatform(pair.value)) { _, new in new }
    case "personal-settings": platform.personalSettings.merge(settingsOfPlatform(pair.value)) { _, new in new }
    case "ignore-file": platform.ignoreFile = ignoreFile(pair.value)
    case "unread": platform.unread = expectTexts(pair.value) ?? []
    case "experimental": platform.experimental = why(pair.value)
    case "retired": platform.retired = retirement(pair.value) ?? platform.retired
    case "user": platform.user = userScope(pair.value, base: platform.user, heads: heads) ?? platform.user
    case "default": platform.isDefault = expectBool(pair.value) ?? false
    case "takes": platform.takes.merge(takes(pair.value)) { _, new in new }
    case "reads": platform.reads = (expectList(pair.value) ?? []).compactMap { read($0, heads) }
    case "ignores":
      for kind in expectPairs(pair.value, known: PlatformsSchema.ignores.names) ?? [] {
        platform.ignores[kind.keyText] = expectTexts(kind.value)
      }
    default: platform.limits = (expectList(pair.value) ?? []).compactMap { limit($0) }
    }
  }

  /// Reads may be given before the surfaces that they name, and in another file.
  private mutating func checkSurfaces(of platform: Platform, _ node: YAMLNode, at range: Range<Int>) {
    if platform.surfaces.isEmpty {
      report("incomplete-platform", "the platform `\(platform.id)` needs a surface", at: range, help: "leave `surfaces` out when there is only one")
    }
    if platform.reviewers.isEmpty, platform.takes[.review]?.isEmpty == false {
      report(
        "incomplete-platform", "the platform `\(platform.id)` takes `rules/review` and has no reviewers", at: range,
        help: "name them under `reviewers:`")
    }
    let isNamed = { (read: Platform.Read) in !read.on.isEmpty }
    guard platform.reads.contains(where: isNamed) || platform.user?.reads.contains(where: isNamed) ?? false else { return }
    let own = platform.reads.enumerated().map { ($0, $1, node["reads"]) }
    let users = (platform.user?.reads ?? []).enumerated().map { ($0, $1, node["user"]?["reads"]) }
    for (index, read, list) in own + users {
      for surface in read.on where !platform.surfaces.contains(surface) && !platform.reviewers.contains(surface) {
        let place = list?.list.flatMap { $0.indices.contains(index) ? $0[index].range : nil } ?? range
        report("unknown-surface", "there is no surface `\(surface)`", at: place, help: "name it under `surfaces:`")
      }
    }
  }

  /// A reason, which is not left empty.
  private mutating func why(_ node: YAMLNode) -> String? {
    guard let text = expectText(node) else { return nil }
    if text.isEmpty { report("no-reason", "the reason is empty", at: node.range, help: "say why, in a sentence for those who use the platform") }
    return text
  }

  private mutating func retirement(_ node: YAMLNode) -> Platform.Retirement? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.retired.names) else { return nil }
    var texts: [String: String] = [:]
    for pair in pairs { texts[pair.keyText] = pair.keyText == "since" ? day(pair) : pair.keyText == "why" ? why(pair.value) : expectText(pair.value) }
    guard let since = texts["since"], let successor = texts["successor"], let why = texts["why"] else {
      // What is there but wrong has been reported.
      if pairs.count < 3 { report("incomplete-platform", "`retired` needs `since`, `successor` and `why`", at: node.range) }
      return nil
    }
    return Platform.Retirement(since: since, successor: successor, why: why)
  }

  mutating func takes(_ node: YAMLNode) -> [Shape: [String]] {
    var out: [Shape: [String]] = [:]
    for pair in expectPairs(node, known: PlatformsSchema.takes.names) ?? [] {
      if let shape = Shape.named[pair.keyText] { out[shape] = expectTexts(pair.value) }
    }
    return out
  }
}

extension Platform {
  fileprivate init(id: String) {
    self.init(
      id: id, name: "", aliases: [], docs: "", verified: "", detect: [], surfaces: [""], takes: [:], reads: [], ignores: [:], limits: [])
  }
}

/// Lower-case letters, digits and hyphens, and nothing that YAML or a selection takes for something else.
private func isPlatformID(_ id: String) -> Bool {
  let isWord = !id.isEmpty && id.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  return isWord && id.utf8.first != 0x2D && !["all", "null", "true", "false"].contains(id)
}
