import ContextModel
import Globs
import Layout
import Platforms

/// The frontmatter of one delivery: field rules in their order, then what is kept, then what is said for this platform alone.
struct FieldRendering {
  private(set) var fields: [(key: String, value: RenderedValue)] = []
  /// Canonical fields that go out under their own names, with no rule of the form's.
  private(set) var kept: [String] = []
  private(set) var losses: [Loss.Found] = []
  /// By platform: what only that one does not get.
  private(set) var lossesOfOne: [String: [Loss.Found]] = [:]
  /// A description that is too long for the head, for the text to have it in full.
  private(set) var fullDescription: String?

  /// What the body has to say of an agent's tools, because no field of the form keeps it to them; nil when one does.
  private(set) var restriction: (sentences: String, field: String)?

  /// Whether the artifact says that it changes nothing, whatever tools it names.
  private let isReadOnly: Bool

  /// - Parameters:
  ///   - handled: the form's `handledFields`.
  ///   - limits: how long fields of such a file may be.
  init(_ delivery: Layout.Delivery, handled: Set<String>, limits: [PlatformLimit] = []) {
    let artifact = delivery.artifact
    let form = delivery.form
    isReadOnly = artifact.fields["readonly"] == .bool(true)
    for rule in form.fields { apply(rule, delivery) }
    let elsewhere = artifact.fieldsSaidElsewhere
    for field in artifact.fields where !handled.contains(field.key) && !elsewhere.contains(field.key) && field.value != .null {
      guard form.unlisted != .drop, !form.drops.contains(field.key) else {
        lose(field.key, .dropped, "`\(delivery.place.path.text)` has no field for it")
        continue
      }
      keep(field, in: form)
    }
    if artifact.id.kind == .agent { restrict(artifact, form) }
    overlay(delivery)
    for limit in limits where delivery.platforms.contains(limit.platform) { keep(within: limit) }
    if !delivery.displacedFrom.isEmpty { sayDisplaced(delivery) }
    if form.unlisted == .metadata { fields = Metadata.nested(fields) }
  }

  private mutating func lose(_ field: String, _ kind: Loss.Kind, _ reason: String) {
    losses.append(Loss.Found(field: field, kind: kind, reason: reason))
  }

  /// A field that goes out under its own name.
  private mutating func keep(_ field: Field, in form: Place.Form) {
    for (key, value) in form.unlisted == .metadata ? Metadata.entries(of: field) : [(field.key, field.value)] {
      if let own = fields.first(where: { $0.key == key }) {
        if own.value != .value(value) { lose(field.key, .dropped, "the platform's own field of that name says something else") }
      } else {
        fields.append((key, .value(value)))
      }
    }
    // The file's own name says that one too.
    if field.key != "name" { kept.append(field.key) }
  }

  /// Its description says when it applies, and nothing but the model's judgement makes it load then.
  private mutating func sayDisplaced(_ delivery: Layout.Delivery) {
    let patterns = ["globs", "paths", "activation"]
    losses.removeAll { patterns.contains($0.field) }
    let isRule = delivery.artifact.isRule
    lose(isRule ? "activation" : "kind", .standIn, displacement(of: delivery))
  }

  /// What a platform would refuse for its length is shortened; what it would show in part is said.
  private mutating func keep(within limit: PlatformLimit) {
    guard let key = limit.limit.field, let index = fields.firstIndex(where: { $0.key == key }) else { return }
    guard case .value(.text(let text)) = fields[index].value, TextSize(of: text)[limit.limit.unit] > limit.limit.most else { return }
    guard limit.limit.keeps == .nothing else {
      let reason = "over \(limit.limit.most) \(limit.limit.unit.rawValue) it \(limit.limit.beyond)"
      lossesOfOne[limit.platform, default: []].append(Loss.Found(field: key, kind: .stripped, reason: reason))
      return
    }
    // The text has it on one line, and is known again by how it begins.
    fields[index].value = .value(.text(shortened(onOneLine(text), to: limit.limit)))
    fullDescription = fullDescription ?? text
    lose(
      key, .standIn,
      "`\(limit.platform)` takes \(limit.limit.most) \(limit.limit.unit.rawValue) of it and \(limit.limit.beyond), so it is shortened there; "
        + "the text has it in full")
  }

  /// A form that has no list of tools would let the agent use all of them.
  private mutating func restrict(_ artifact: Artifact, _ form: Place.Form) {
    let named = Restriction.toolKeys.first { Self.given($0, artifact) != nil }
    let lists = form.toolLists
    if lists.isEmpty, let tools = named.flatMap({ Self.given($0, artifact) }) {
      sayInWords(Restriction.sentence(for: wordList(of: tools)), for: named)
    }
    guard isReadOnly, !fields.contains(where: { $0.key == "readonly" && $0.value == .value(.bool(true)) }) else { return }
    if named != nil, lists.contains(where: { !($0?.changing.isEmpty ?? true) }) {
      losses.removeAll { $0.field == "readonly" }
      lose("readonly", .standIn, "it gets no tool that changes files")
    } else {
      sayInWords(Restriction.changesNothing, for: "readonly")
    }
  }

  private mutating func sayInWords(_ sentence: String, for field: String?) {
    guard let field else { return }
    restriction = restriction.map { ($0.sentences + " " + sentence, $0.field) } ?? (sentence, field)
    // More than that its field is not there.
    losses.removeAll { $0.field == field }
    lose(field, .standIn, "said in words, and not enforced")
  }

  private mutating func apply(_ rule: FieldRule, _ delivery: Layout.Delivery) {
    switch rule.source {
    case .constant(let value): fields.append((rule.key, .value(value)))
    case .field(let names, let vocabulary, let spelling):
      let given = names.compactMap { name in Self.canonical(name, delivery).map { (name: name, value: $0) } }
      guard let (name, value) = given.first else { return }
      for other in given.dropFirst() where other.value != value { lose(other.name, .dropped, "`\(name)` counts instead of it") }
      guard let rendered = spell(value, of: name, spelling, vocabulary) else { return }
      fields.append((rule.key, rendered))
      if Metadata.holds(rule.key) { lose(name, .standIn, "it is in `metadata`, where it is shown to nobody") }
    }
  }

  /// A canonical field; `name` is the one at the place, `user-only` is false only where the canonical file says so.
  private static func canonical(_ name: String, _ delivery: Layout.Delivery) -> FieldValue? {
    let artifact = delivery.artifact
    switch name {
    case "name": return .text(delivery.name)
    case "user-only":
      // A command without the switch is for the user alone, so that its outputs say nothing when it is not.
      let isStated = artifact.id.kind != .command && artifact.fields["disable-model-invocation"] == .bool(false)
      return artifact.isUserOnly ? .bool(true) : isStated ? .bool(false) : nil
    case "description":
      // What a model is to choose by its description needs one.
      if artifact.isRule, !delivery.displacedFrom.isEmpty { return .text(occasion(for: delivery)) }
      return Self.given(name, artifact) ?? (delivery.isChosenByDescription ? .text(descriptionOfNone(delivery.name)) : nil)
    case "globs", "paths": return Self.given(name, artifact).map { _ in .list(artifact.globs.map(FieldValue.text)) }
    default: return Self.given(name, artifact)
    }
  }

  /// A field's value; nothing at all is none.
  private static func given(_ name: String, _ artifact: Artifact) -> FieldValue? { artifact.fields[name].flatMap { $0 == .null ? nil : $0 } }

  /// What is said for a platform alone goes out under its own keys, where no other platform reads the file.
  private mutating func overlay(_ delivery: Layout.Delivery) {
    for (platform, own) in delivery.artifact.overrides.sorted(by: { $0.key < $1.key }) where delivery.platforms.contains(platform) {
      for field in own where delivery.artifact.id.kind != .behavior || !delivery.artifact.fieldsSaidElsewhere.contains(field.key) {
        if delivery.platforms.count > 1 || delivery.place.format == .block {
          let reason = delivery.place.format == .block ? "has no fields" : "is shared with other platforms"
          lossesOfOne[platform, default: []].append(
            Loss.Found(field: platform + "." + field.key, kind: .dropped, reason: "`\(delivery.place.path.text)` \(reason)"))
        } else {
          // What everybody else would get does not matter here.
          losses.removeAll { $0.field == field.key }
          if let index = fields.firstIndex(where: { $0.key == field.key }) {
            fields[index].value = .value(field.value)
          } else {
            fields.insert((field.key, .value(field.value)), at: spot(for: field.key, in: delivery.form))
          }
        }
      }
    }
  }

  /// Where a field goes that is not there yet: where the form makes it, else at the end.
  private func spot(for key: String, in form: Place.Form) -> Int {
    guard let rule = form.fields.firstIndex(where: { $0.key == key }) else { return fields.count }
    let before = Set(form.fields[..<rule].map(\.key))
    return (fields.lastIndex { before.contains($0.key) } ?? -1) + 1
  }

  private mutating func spell(_ value: FieldValue, of name: String, _ spelling: FieldRule.Spelling, _ vocabulary: Vocabulary?) -> RenderedValue? {
    if spelling == .readOnly { return readOnly(value, of: name, vocabulary) }
    guard let vocabulary else { return spell(value, spelling) }
    let words = wordList(of: value)
    var granted: [String] = []
    for word in words {
      guard let translations = vocabulary.translation(of: word) else {
        lose(name, .dropped, "it has no word for `\(word)`")
        continue
      }
      for translation in translations where !granted.contains(translation) {
        if let needed = vocabulary.needs[translation], !Set(needed).isSubset(of: words) {
          lose(name, .dropped, "`\(translation)`, its word for `\(word)`, grants more than that")
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
    case .same, .permissions, .readOnly, .commandLine, .milliseconds, .negated, .literals, .variables, .ownVariables, .bearer:
      return .value(value)
    case .text: return .value(.text(value.scalarText ?? (value.textList ?? []).joined(separator: " ")))
    case .list: return .value(.list((value.textList ?? []).map(FieldValue.text)))
    case .comma: return .quoted(Self.joined(value))
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
    let words = wordList(of: value)
    let isReadOnly = words.allSatisfy { word in
      vocabulary?.translation(of: word).map { $0.allSatisfy { !(vocabulary?.changing.contains($0) ?? true) } } ?? false
    }
    lose(name, isReadOnly ? .standIn : .dropped, isReadOnly ? "only read-only can be said, not which tools" : "it cannot limit the tools of an agent")
    return isReadOnly ? .value(.bool(true)) : nil
  }
}

extension Layout.Delivery {
  /// Whether a model decides by the description when it is to load.
  var isChosenByDescription: Bool { place.format == .skill || (artifact.isRule && artifact.activation == .model) }
}
