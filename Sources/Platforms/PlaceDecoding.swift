import ContextModel
import Diagnostics
import FileTree
import Schemas
import YAML

extension YAMLDecoder {
  /// One entry under `vocabularies`.
  mutating func vocabulary(_ node: YAMLNode) -> Vocabulary? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.vocabulary.names) else { return nil }
    var vocabulary = Vocabulary(words: [:], changing: [])
    for pair in pairs {
      if pair.keyText == "changing" {
        vocabulary.changing = Set(expectTexts(pair.value) ?? [])
      } else if pair.keyText == "needs" {
        for word in expectPairs(pair.value) ?? [] { vocabulary.needs[word.keyText] = expectTexts(word.value) }
      } else {
        for word in expectPairs(pair.value) ?? [] {
          vocabulary.words[word.keyText] = word.value.list == nil ? expectText(word.value).map { [$0] } : expectTexts(word.value)
        }
      }
    }
    return vocabulary
  }

  /// One entry under `places`; with a base, only the keys that are given change.
  mutating func place(id: String, _ node: YAMLNode, at range: Range<Int>, in catalog: PlatformCatalog) -> Place? {
    let base = catalog.places[id]
    guard let pairs = expectPairs(node, known: PlatformsSchema.place.names) else { return nil }
    var path = base?.path
    var format = base?.format
    var importing = base?.importing
    var sidecars = base?.sidecars ?? []
    var forms = base?.forms ?? [:]
    // First, wherever it stands: what is written beside it changes what it brings.
    if let model = node["like"].flatMap({ self.model($0, among: catalog.places) }) { (format, forms) = (model.format, model.forms) }
    for pair in pairs {
      switch pair.keyText {
      case "like": continue
      case "path": path = template(pair.value) ?? path
      case "format": format = choice(pair.value, Place.Format.self) ?? format
      case "imports": importing = self.importing(pair.value)
      case "sidecars": sidecars = (expectList(pair.value) ?? []).compactMap { sidecar($0) }
      default:
        if let shape = Shape.named[pair.keyText] { forms[shape] = form(pair.value, catalog.vocabularies) }
      }
    }
    guard let path, let format else {
      let isGiven = { (key: String) in pairs.contains { $0.keyText == key } }
      // What is there but wrong has been reported.
      if !isGiven("path") || !isGiven("format") && !isGiven("like") {
        report("incomplete-place", "the place `\(id)` needs `path`, and `format` or `like`", at: range)
      }
      return nil
    }
    let isWhole = format != .block && format != .import
    if path.isPerArtifact != isWhole, !path.isPerDirectory {
      let help = isWhole ? "put `{name}` where the artifact's name goes" : "take `{name}` out: one file holds all of them"
      report("invalid-path", "`\(path.text)` does not fit the format `\(format.rawValue)`", at: range, help: help)
    }
    if path.isPerDirectory, format != .block {
      let help = "only a place with the format `block` has a file for each directory"
      report("invalid-path", "`\(path.text)` does not fit the format `\(format.rawValue)`", at: range, help: help)
    }
    if path.isPerDirectory, let shape = forms.keys.sorted().first(where: { $0.activation != .globs }) {
      let help = "a file in a directory loads with the files there, so it is for `rules/globs` alone"
      report("invalid-path", "`\(path.text)` does not fit \(shape)", at: range, help: help)
    }
    if (format == .import) != (importing != nil) {
      report("incomplete-place", "`imports` goes with `format: import`, and with no other", at: range)
    }
    return Place(id: id, path: path, format: format, forms: forms, sidecars: sidecars, importing: importing)
  }

  /// The place whose format and forms another one has as well, at a path of its own.
  private mutating func model(_ node: YAMLNode, among places: [String: Place]) -> Place? {
    guard let id = expectText(node) else { return nil }
    if let place = places[id] { return place }
    let help = nearest(to: id, among: places.keys.sorted()).map { "did you mean `\($0)`?" } ?? "name one with forms of its own"
    report("unknown-place", "there is no place `\(id)` that this one could be like", at: node.range, help: help)
    return nil
  }

  /// The case that a text names.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(_ node: YAMLNode, _ type: Choice.Type) -> Choice? where Choice.RawValue == String {
    guard let text = expectText(node) else { return nil }
    if let value = Choice(rawValue: text) { return value }
    report("unknown-value", "unknown value `\(text)`", at: node.range, help: "known here: " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    return nil
  }

  private mutating func template(_ node: YAMLNode) -> PathTemplate? {
    guard let text = expectText(node) else { return nil }
    if let template = PathTemplate(text) { return template }
    let help =
      "a path inside the repository, of ASCII and at most \(mostFolderDepth) parts, outside of .git and .github/workflows, with at most one {name}; also on Windows: "
      + #"no `<>:"|?*\`, no part that is a device such as `con`, or that ends in a dot or a blank"#
    report("invalid-path", "`\(text)` is not a path that outputs may have", at: node.range, help: help)
    return nil
  }

  private mutating func importing(_ node: YAMLNode) -> Place.Import? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.imports.names) else { return nil }
    let texts = Dictionary(pairs.compactMap { pair in expectText(pair.value).map { (pair.keyText, $0) } }) { first, _ in first }
    guard let line = texts["line"] else {
      report("incomplete-place", "`imports` needs `line`", at: node.range)
      return nil
    }
    return Place.Import(place: texts["place"], line: line)
  }

  private mutating func sidecar(_ node: YAMLNode) -> Place.Sidecar? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.sidecar.names) else { return nil }
    let texts = Dictionary(pairs.compactMap { pair in expectText(pair.value).map { (pair.keyText, $0) } }) { first, _ in first }
    if let only = node["only"] { _ = choice(only, SidecarAudience.self) }
    guard let path = texts["path"].flatMap({ TreePath($0) }), let text = texts["text"] else {
      report("incomplete-place", "a sidecar needs `path` and `text`", at: node.range)
      return nil
    }
    // What is safe at the root is safe in every folder.
    guard let template = PathTemplate(path.text), !template.isPerArtifact else {
      report("invalid-path", "`\(path)` is not a path that a sidecar may have", at: node.range, help: "name a file inside the skill's folder")
      return nil
    }
    return Place.Sidecar(path: path, text: text, onlyForUserOnly: texts["only"] == SidecarAudience.userOnly.rawValue)
  }

  private mutating func form(_ node: YAMLNode, _ vocabularies: [String: Vocabulary]) -> Place.Form? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.formNames) else { return nil }
    var form = Place.Form(fields: [], unlisted: .drop, isStandIn: false, arguments: nil, bodyKey: nil, expresses: [], drops: [])
    for pair in pairs {
      switch pair.keyText {
      case "fields": form.fields = (expectPairs(pair.value) ?? []).compactMap { fieldRule($0, vocabularies) }
      case "unlisted": form.unlisted = choice(pair.value, Place.Form.Unlisted.self) ?? .drop
      case "stand-in": form.isStandIn = expectBool(pair.value) ?? false
      case "arguments": form.arguments = arguments(pair.value)
      case "body": form.bodyKey = expectText(pair.value)
      case "expresses": form.expresses = Set(expectTexts(pair.value) ?? [])
      default: form.drops = Set(expectTexts(pair.value) ?? [])
      }
    }
    return form
  }

  mutating func fieldRule(_ pair: YAMLPair, _ vocabularies: [String: Vocabulary]) -> FieldRule? {
    guard pair.value.pairs != nil else {
      return expectText(pair.value).map { FieldRule(key: pair.keyText, source: .field([$0], vocabulary: nil, spelling: .same)) }
    }
    guard let pairs = expectPairs(pair.value, known: PlatformsSchema.fieldNames) else { return nil }
    var names: [String] = []
    var vocabulary: Vocabulary?
    var spelling = FieldRule.Spelling.same
    for part in pairs {
      switch part.keyText {
      case "const": return FieldRule(key: pair.keyText, source: .constant(constant(part.value)))
      case "from": names = part.value.list == nil ? expectText(part.value).map { [$0] } ?? [] : expectTexts(part.value) ?? []
      case "as": spelling = choice(part.value, FieldRule.Spelling.self) ?? .same
      default:
        guard let name = expectText(part.value) else { continue }
        vocabulary = vocabularies[name]
        if vocabulary == nil {
          report("unknown-vocabulary", "there is no vocabulary `\(name)`", at: part.value.range, help: "declare it under `vocabularies:`")
        }
      }
    }
    if names.isEmpty {
      report("incomplete-field", "a field needs `from` or `const`", at: pair.key.range, help: "name the field that it is from, or give it a value")
    }
    return FieldRule(key: pair.keyText, source: .field(names, vocabulary: vocabulary, spelling: spelling))
  }

  private func constant(_ node: YAMLNode) -> FieldValue {
    switch node.content {
    case .scalar(let scalar):
      scalar.bool.map(FieldValue.bool) ?? (scalar.isNull ? .null : scalar.isNumber ? .number(scalar.text) : .text(scalar.text))
    case .sequence(let items): .list(items.map(constant))
    case .mapping(let pairs): .map(pairs.map { .init($0.keyText, constant($0.value)) })
    }
  }

  private mutating func arguments(_ node: YAMLNode) -> ArgumentStyle? {
    var style = ArgumentStyle(all: nil, position: nil, first: 0, escape: "")
    if node.text == "words" { return style }
    for pair in expectPairs(node, known: PlatformsSchema.arguments.names) ?? [] {
      if pair.keyText == "parted" {
        style.parted = (expectTexts(pair.value) ?? []).filter { $0.utf8.count > 1 }
        continue
      }
      guard let text = expectText(pair.value) else { continue }
      switch pair.keyText {
      case "all": style.all = text
      case "position": style.position = text
      case "also": style.alsoPosition = text
      case "first":
        style.first = Int(text) ?? 0
        if style.first != 0 && style.first != 1 || Int(text) == nil {
          report("unknown-value", "unknown value `\(text)`", at: pair.value.range, help: "the platform counts from 0 or from 1")
        }
      default: style.escape = text
      }
    }
    return style
  }
}

/// Which skills a sidecar is written beside, when it is not all of them.
enum SidecarAudience: String, CaseIterable { case userOnly = "user-only" }
