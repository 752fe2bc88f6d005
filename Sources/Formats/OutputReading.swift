import ContextLoading
import ContextModel
import Layout
import Platforms

/// What an output says as a canonical file: its head, and what aiwg put into its text because the head has no room or no word for it.
struct OutputReading {
  private let text: OutputText
  private let body: BodyReading
  private let delivery: Layout.Delivery
  /// Keys of fields that go into the text.
  private let shown: [String]

  init(_ text: OutputText, _ body: BodyReading, of delivery: Layout.Delivery, showing shown: [String]) {
    (self.text, self.body, self.delivery, self.shown) = (text, body, delivery, shown)
  }

  /// Fields of the head that may hold for the platform alone, although a canonical field is said so too.
  struct OwnFields: OptionSet {
    let rawValue: Int

    /// Those that say something else than the text shows for all platforms.
    static let differing = OwnFields(rawValue: 1)
    /// Those behind one that can only be the platform's.
    static let following = OwnFields(rawValue: 2)
    /// Those that are no list where the form makes one.
    static let unlisted = OwnFields(rawValue: 4)

    /// From none of them to all.
    static let all = (0..<8).map { OwnFields(rawValue: $0) }
  }

  func read(own: OwnFields) -> Lens.Read {
    var fields = text.fields
    if let full = body.description, let index = fields.firstIndex(where: { $0.key == "description" }) { fields[index].value = .text(full) }
    let unlisted = own.contains(.unlisted) && delivery.platforms.count == 1 ? fields.filter(isUnlisted) : []
    fields.removeAll { field in unlisted.contains { $0.key == field.key } }
    var (changes, problems) = HeadReading(delivery.form, of: delivery).changes(saying: fields)
    if own.contains(.following) { keepFollowing(in: &changes) }
    takeOccasion(from: &changes)
    for field in body.restriction where !changes.contains(where: { $0.path == [field.key] }) {
      changes.append(HeadChange(path: [field.key], value: field.value))
    }
    changes += body.occasion.map { HeadChange(path: [$0.key], value: $0.value) }
    for key in shown { show(key, body.shown.first { $0.key == key }?.words, isOwn: own.contains(.differing), in: &changes) }
    stateActivation(in: &changes)
    changes += unlisted.map { HeadChange(path: [delivery.platforms[0], $0.key], value: $0.value) }
    // Whichever field a text became, it keeps its quotes.
    for index in changes.indices {
      let key = changes[index].path.last
      changes[index].quotes = text.fields.first { $0.key == key && $0.value == changes[index].value }?.quotes
    }
    return Lens.Read(changes: changes, body: body.body, problems: problems)
  }

  private func isUnlisted(_ field: Field) -> Bool {
    guard let rule = delivery.form.fields.first(where: { $0.key == field.key }), case .field(_, _, .list) = rule.source else { return false }
    if case .list = field.value { return false }
    return true
  }

  /// What is the platform's own, and has no place of its own in the form, stands at the end.
  private func keepFollowing(in changes: inout [HeadChange]) {
    let reading = HeadReading(delivery.form, of: delivery)
    guard let first = changes.firstIndex(where: { $0.path.count == 2 && !reading.makes($0.path[1]) }) else { return }
    for index in changes.indices[first...] where changes[index].path.count == 1 && text.fields[changes[index].path[0]] != nil {
      guard !reading.makes(changes[index].path[0]) else { continue }
      changes[index].path.insert(delivery.platforms[0], at: 0)
    }
  }

  /// The description of a rule that stands there for want of room says when it applies.
  private func takeOccasion(from changes: inout [HeadChange]) {
    guard delivery.artifact.isRule, !delivery.displacedFrom.isEmpty else { return }
    guard let index = changes.firstIndex(where: { $0.path == ["description"] }), let said = changes[index].value?.scalarText else { return }
    guard let (patterns, about) = readOccasion(said) else {
      // What does not begin so is the platform's own.
      if delivery.platforms.count == 1 { changes[index].path.insert(delivery.platforms[0], at: 0) }
      return
    }
    let isMadeUp = about == onOneLine(subject(ofRuleWith: Body(bytes: body.body), named: delivery.artifact.id.name))
    changes[index].value = .text(about)
    if isMadeUp { changes.remove(at: index) }
    if let patterns { changes.append(HeadChange(path: ["globs"], value: .list(patterns.map(FieldValue.text)))) }
  }

  /// What the text shows holds for all platforms, and is there even where the head has no field for it.
  private func show(_ key: String, _ words: String?, isOwn: Bool, in changes: inout [HeadChange]) {
    let plain = words.map { words in Facts.plainValue(words) == .null ? .text(words) : Facts.plainValue(words) }
    guard let index = changes.firstIndex(where: { $0.path == [key] }), let value = changes[index].value else {
      if let plain { changes.append(HeadChange(path: [key], value: plain)) }
      return
    }
    guard inWords(value).map(onOneLine) ?? "" != words ?? "" else { return }
    changes[index].value = plain ?? value
    guard isOwn, delivery.platforms.count == 1, let field = text.fields.first(where: { $0.key == key }) else { return }
    if plain == nil { changes.remove(at: index) }
    changes.append(HeadChange(path: [delivery.platforms[0], key], value: field.value))
  }

  /// Says who gets the rule, and when it loads, where that does not follow from its patterns.
  private func stateActivation(in changes: inout [HeadChange]) {
    guard delivery.artifact.id.kind == .rule else { return }
    // Where a rule stands says whether reviewers check it, and nothing of when it loads elsewhere.
    if let review = delivery.artifact.fields["review"] { changes.append(HeadChange(path: ["review"], value: review)) }
    guard delivery.place.format != .block || delivery.isReview else { return }
    if delivery.isReview {
      changes.removeAll { $0.path == ["activation"] }
      keepPatterns(in: &changes)
    }
    let patterns = changes.filter { $0.path == ["globs"] || $0.path == ["paths"] }
    let implied: Activation = patterns.contains { $0.value?.patterns.isEmpty == false } ? .globs : .always
    let activation = delivery.artifact.activation
    guard activation != implied, activation != .globs || !patterns.isEmpty else { return }
    changes.append(HeadChange(path: ["activation"], value: .text(activation.rawValue)))
  }

  /// The patterns of a check, where its head has no field for them, are still those by which the rule loads elsewhere.
  private func keepPatterns(in changes: inout [HeadChange]) {
    let form = delivery.form
    for key in ["globs", "paths"] where !form.handledFields.contains(key) && (form.unlisted == .drop || form.drops.contains(key)) {
      guard let value = delivery.artifact.fields[key], value != .null else { continue }
      changes.append(HeadChange(path: [key], value: value))
    }
  }
}

extension Lens.Read {
  /// An artifact that says this and nothing else.
  func applied(to artifact: Artifact) -> Artifact {
    var out = artifact
    (out.fields, out.overrides) = ([], [:])
    for change in changes {
      guard let value = change.value else { continue }
      if change.path.count == 2 {
        out.overrides[change.path[0], default: []].append(Field(change.path[1], value, quotes: change.quotes))
      } else {
        out.fields.append(Field(change.path[0], value, quotes: change.quotes))
      }
    }
    out.body = scannedBody(body, hasArguments: artifact.id.kind == .command || artifact.id.kind == .skill)
    return out
  }
}
