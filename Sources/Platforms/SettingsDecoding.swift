import ContextModel
import Diagnostics
import FileTree
import Schemas
import YAML

extension YAMLDecoder {
  /// One entry under `dialects`.
  mutating func dialect(id: String, _ node: YAMLNode, vocabularies: [String: Vocabulary]) -> SettingsDialect? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.dialect.names) else { return nil }
    var dialect = SettingsDialect(id: id, forms: [:], references: [:], events: [:], handler: [])
    for pair in pairs {
      switch pair.keyText {
      case "references":
        for field in expectPairs(pair.value) ?? [] { dialect.references[field.keyText] = referenceStyle(field.value) }
      case "events":
        for event in expectPairs(pair.value, known: HookEvent.allCases.map(\.rawValue)) ?? [] {
          if let known = HookEvent(rawValue: event.keyText) { dialect.events[known] = expectText(event.value) }
        }
      case "handler": dialect.handler = rules(pair.value, vocabularies)
      case "fills-in": dialect.fillsIn = expectTexts(pair.value) ?? []
      case "implied": dialect.implied = impliedMembers(pair.value)
      case "layout", "event-key": break
      case "group": dialect.group = expectText(pair.value)
      case "ungrouped": dialect.ungrouped = hookEvents(pair.value)
      case "matcher": dialect.matcher = hookMatcher(pair.value, vocabularies)
      case "permissions": dialect.permissions = permissionDialect(pair.value)
      default:
        if let transport = Transport(rawValue: pair.keyText) { dialect.forms[transport] = rules(pair.value, vocabularies) }
      }
    }
    dialect.layout = hookLayout(pairs, at: node.range)
    return dialect
  }

  private mutating func rules(_ node: YAMLNode, _ vocabularies: [String: Vocabulary]) -> [FieldRule] {
    (expectPairs(node) ?? []).compactMap { fieldRule($0, vocabularies) }
  }

  private mutating func impliedMembers(_ node: YAMLNode) -> [Transport: [FieldValue.Entry]] {
    var out: [Transport: [FieldValue.Entry]] = [:]
    for pair in expectPairs(node, known: Transport.allCases.map(\.rawValue)) ?? [] {
      guard let transport = Transport(rawValue: pair.keyText) else { continue }
      out[transport] = (expectPairs(pair.value) ?? []).compactMap { member in expectText(member.value).map { .init(member.keyText, .text($0)) } }
    }
    return out
  }

  /// A text with `{name}`, or a list of two: without a default, and with `{default}`.
  private mutating func referenceStyle(_ node: YAMLNode) -> ReferenceStyle? {
    let texts = node.list == nil ? expectText(node).map { [$0] } ?? [] : expectTexts(node) ?? []
    guard let plain = texts.first, texts.count < 3, plain.contains("{name}"), texts.dropFirst().allSatisfy({ $0.contains("{default}") }) else {
      report(
        "invalid-reference", "this is no form of a reference", at: node.range,
        help: "write a text with `{name}`, or a list of that and of one with `{name}` and `{default}`")
      return nil
    }
    return ReferenceStyle(plain: plain, withDefault: texts.dropFirst().first)
  }

  /// One entry under `settings`; with a base, only the keys that are given change.
  mutating func settingsPlace(
    id: String, _ node: YAMLNode, at range: Range<Int>, base: SettingsPlace?, dialects: [String: SettingsDialect]
  ) -> SettingsPlace? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.settingsPlace.names) else { return nil }
    var path = base?.path
    var syntax = base?.syntax
    var entries = base?.entries ?? [:]
    var needs = base?.needs ?? []
    var isLines = base?.isLines ?? false
    for pair in pairs {
      switch pair.keyText {
      case "path": path = settingsPath(pair.value) ?? path
      case "syntax":
        isLines = pair.value.text == "lines"
        // What a line is, its dialect says.
        syntax = isLines ? .jsonc : choice(pair.value, SettingsSyntax.self) ?? syntax
      case "needs": needs = rules(pair.value, [:])
      default:
        if let kind = ArtifactKind(folder: pair.keyText) { entries[kind] = entry(pair.value, dialects) }
      }
    }
    guard let path, let syntax else {
      report("incomplete-place", "the settings `\(id)` need `path` and `syntax`", at: range)
      return nil
    }
    return SettingsPlace(id: id, path: path, syntax: syntax, isLines: isLines, entries: entries, needs: needs)
  }

  private mutating func settingsPath(_ node: YAMLNode) -> TreePath? {
    guard let text = expectText(node) else { return nil }
    if let template = PathTemplate(text), !template.isPerArtifact, let path = TreePath(text) { return path }
    report("invalid-path", "`\(text)` is not a path that settings may have", at: node.range, help: "name one file inside the repository")
    return nil
  }

  private mutating func entry(_ node: YAMLNode, _ dialects: [String: SettingsDialect]) -> SettingsPlace.Entry? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.entry.names) else { return nil }
    let at = pairs.first { $0.keyText == "at" }.flatMap { expectTexts($0.value) } ?? []
    guard let named = pairs.first(where: { $0.keyText == "dialect" }), let name = expectText(named.value) else {
      report("incomplete-place", "these settings need `dialect`", at: node.range)
      return nil
    }
    guard let dialect = dialects[name] else {
      let help = nearest(to: name, among: dialects.keys.sorted()).map { "did you mean `\($0)`?" } ?? "declare it under `dialects:`"
      report("unknown-dialect", "there is no dialect `\(name)`", at: named.value.range, help: help)
      return nil
    }
    return SettingsPlace.Entry(path: at, dialect: dialect)
  }

  /// What a platform takes, and what else it reads: by kind, ids of settings, best first.
  mutating func settingsOfPlatform(_ node: YAMLNode) -> [ArtifactKind: PlatformSettings] {
    var out: [ArtifactKind: PlatformSettings] = [:]
    for pair in expectPairs(node, known: PlatformsSchema.settingsOfPlatform.names) ?? [] {
      guard let kind = ArtifactKind(folder: pair.keyText) else { continue }
      guard pair.value.pairs != nil else {
        out[kind] = PlatformSettings(takes: expectTexts(pair.value) ?? [], alsoReads: [])
        continue
      }
      var settings = PlatformSettings(takes: [], alsoReads: [])
      for part in expectPairs(pair.value, known: PlatformsSchema.settingsFiles.names) ?? [] {
        if part.keyText == "takes" { settings.takes = expectTexts(part.value) ?? [] } else { settings.alsoReads = expectTexts(part.value) ?? [] }
      }
      out[kind] = settings
    }
    return out
  }
}
