import ContextModel
import Globs
import Layout
import Platforms

/// The frontmatter of one delivery: field rules in their order, then what is kept, then what is said for this platform alone.
struct FieldRendering {
  private(set) var fields: [(key: String, value: RenderedValue)] = []
  /// Canonical fields that go out under their own names, with no rule of the form's.
  private(set) var kept: [String] = []
  /// Field and reason.
  private(set) var losses: [(field: String, reason: String)] = []
  /// By platform: what is said for it alone and cannot be said here.
  private(set) var lossesOfOne: [String: [(field: String, reason: String)]] = [:]

  /// What the body has to say of an agent's tools, because no field of the form keeps it to them; nil when one does.
  private(set) var restriction: String?

  /// Whether the artifact says that it changes nothing, whatever tools it names.
  private let isReadOnly: Bool

  /// - Parameter handled: the form's `handledFields`.
  init(_ delivery: Layout.Delivery, handled: Set<String>) {
    let artifact = delivery.artifact
    let form = delivery.form
    isReadOnly = artifact.fields["readonly"] == .bool(true)
    for rule in form.fields { apply(rule, delivery) }
    for field in artifact.fields where !handled.contains(field.key) && field.value != .null {
      if let own = fields.first(where: { $0.key == field.key }) {
        if own.value != .value(field.value) { losses.append((field.key, "the platform's own field of that name says something else")) }
      } else if form.keepsUnlisted && !form.drops.contains(field.key) {
        fields.append((field.key, .value(field.value)))
        // The file's own name says that one too.
        if field.key != "name" { kept.append(field.key) }
      } else {
        losses.append((field.key, "`\(delivery.place.path.text)` has no field for it"))
      }
    }
    if artifact.id.kind == .agent { restrict(artifact, form) }
    overlay(delivery)
  }

  /// A form that has no list of tools would let the agent use all of them.
  private mutating func restrict(_ artifact: Artifact, _ form: Place.Form) {
    let names = ["tools", "allowed-tools"]
    let named = names.first { Self.given($0, artifact) != nil }
    let tools = named.flatMap { Self.given($0, artifact) }.map { Self.words(in: $0) }
    let isListed = form.fields.contains { rule in
      guard case .field(let from, _, let spelling) = rule.source else { return false }
      return spelling != .readOnly && !Set(from).isDisjoint(with: names)
    }
    let isSwitched = fields.contains { $0.key == "readonly" && $0.value == .value(.bool(true)) }
    var sentences: [String] = []
    if let tools, !isListed {
      sentences.append(
        tools.isEmpty ? "Use no tools." : "Use no tools but these: " + tools.map { "`\($0)`" }.joined(separator: ", ") + ".")
    }
    if isReadOnly, !isSwitched, tools == nil || !isListed { sentences.append("Change no files.") }
    guard !sentences.isEmpty else { return }
    restriction = sentences.joined(separator: " ")
    let field = isListed ? "readonly" : named ?? "readonly"
    // More than that its field is not there.
    losses.removeAll { $0.field == field }
    losses.append((field, "said in words, and not enforced"))
  }

  private mutating func apply(_ rule: FieldRule, _ delivery: Layout.Delivery) {
    switch rule.source {
    case .constant(let value): fields.append((rule.key, .value(value)))
    case .field(let names, let vocabulary, let spelling):
      let given = names.compactMap { name in Self.canonical(name, delivery).map { (name: name, value: $0) } }
      guard let (name, value) = given.first else { return }
      for other in given.dropFirst() where other.value != value { losses.append((other.name, "`\(name)` counts instead of it")) }
      if let rendered = spell(value, of: name, spelling, vocabulary) { fields.append((rule.key, rendered)) }
    }
  }

  /// A canonical field; `name` is the one at the place, `user-only` is true or nothing.
  private static func canonical(_ name: String, _ delivery: Layout.Delivery) -> FieldValue? {
    let artifact = delivery.artifact
    switch name {
    case "name": return .text(delivery.name)
    case "user-only": return artifact.isUserOnly ? .bool(true) : nil
    case "description":
      // What a model is to choose by its description needs one.
      let isChosen = delivery.place.format == .skill || (artifact.id.kind == .rule && artifact.activation == .model)
      return Self.given(name, artifact) ?? (isChosen ? .text("The rule \(delivery.name).") : nil)
    case "globs", "paths": return Self.given(name, artifact).map { _ in .list(artifact.globs.map(FieldValue.text)) }
    default: return Self.given(name, artifact)
    }
  }

  /// A field's value; nothing at all is none.
  private static func given(_ name: String, _ artifact: Artifact) -> FieldValue? { artifact.fields[name].flatMap { $0 == .null ? nil : $0 } }

  /// What is said for a platform alone goes out under its own keys, where no other platform reads the file.
  private mutating func overlay(_ delivery: Layout.Delivery) {
    for (platform, own) in delivery.artifact.overrides.sorted(by: { $0.key < $1.key }) where delivery.platforms.contains(platform) {
      for field in own {
        if delivery.platforms.count > 1 || delivery.place.format == .block {
          let reason = delivery.place.format == .block ? "has no fields" : "is shared with other platforms"
          lossesOfOne[platform, default: []].append((platform + "." + field.key, "`\(delivery.place.path.text)` \(reason)"))
        } else if let index = fields.firstIndex(where: { $0.key == field.key }) {
          fields[index].value = .value(field.value)
        } else {
          fields.append((field.key, .value(field.value)))
        }
      }
    }
  }

  private mutating func spell(_ value: FieldValue, of name: String, _ spelling: FieldRule.Spelling, _ vocabulary: Vocabulary?) -> RenderedValue? {
    if spelling == .readOnly { return readOnly(value, of: name, vocabulary) }
    guard let vocabulary else { return spell(value, spelling) }
    let words = Self.words(in: value)
    var granted: [String] = []
    for word in words {
      guard let translations = vocabulary.translation(of: word) else {
        losses.append((name, "it has no word for `\(word)`"))
        continue
      }
      for translation in translations where !granted.contains(translation) {
        if let needed = vocabulary.needs[translation], !Set(needed).isSubset(of: words) {
          losses.append((name, "`\(translation)`, its word for `\(word)`, grants more than that"))
        } else {
          granted.append(translation)
        }
      }
    }
    if isReadOnly { granted.removeAll { vocabulary.changing.contains($0) } }
    switch spelling {
    case .permissions:
      // The last entry that fits counts, so that what no word is known for stays forbidden.
      return .value(.map([.init("*", .text("deny"))] + granted.sorted().map { .init($0, .text("allow")) }))
    case .same, .text:
      return granted.first.map { .value(.text($0)) }
    default:
      return spell(.list(granted.map(FieldValue.text)), spelling)
    }
  }

  private func spell(_ value: FieldValue, _ spelling: FieldRule.Spelling) -> RenderedValue? {
    switch spelling {
    case .same, .permissions, .readOnly: return .value(value)
    case .text: return .value(.text(value.scalarText ?? (value.textList ?? []).joined(separator: " ")))
    case .list: return .value(.list((value.textList ?? []).map(FieldValue.text)))
    case .comma: return .value(.text(Self.joined(value)))
    case .commaPlain: return .plain(Self.joined(value))
    case .space: return .value(.text((value.textList ?? []).joined(separator: " ")))
    }
  }

  private static func joined(_ value: FieldValue) -> String {
    (value.textList ?? []).flatMap { expandingBraces($0) }.joined(separator: ",")
  }

  /// True only when every granted tool is known to change nothing; anything else cannot be said with a switch.
  private mutating func readOnly(_ value: FieldValue, of name: String, _ vocabulary: Vocabulary?) -> RenderedValue? {
    if case .bool = value { return .value(value) }
    let words = Self.words(in: value)
    let isReadOnly = words.allSatisfy { word in
      vocabulary?.translation(of: word).map { $0.allSatisfy { !(vocabulary?.changing.contains($0) ?? true) } } ?? false
    }
    losses.append((name, isReadOnly ? "only read-only can be said, not which tools" : "it cannot limit the tools of an agent"))
    return isReadOnly ? .value(.bool(true)) : nil
  }

  /// The words of a list or a comma-separated text; commas in parentheses do not separate.
  private static func words(in value: FieldValue) -> [String] {
    guard case .text(let text) = value else { return value.textList ?? [] }
    var words: [String] = [""]
    var depth = 0
    for character in text {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if character == ",", depth == 0 { words.append("") } else { words[words.count - 1].append(character) }
    }
    return words.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  }
}
