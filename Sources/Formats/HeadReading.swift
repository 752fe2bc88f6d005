package import ContextLoading
package import ContextModel
import Globs
package import Layout
package import Platforms

/// The way back from the head of an output to canonical fields: field rules inverted one by one.
package struct HeadReading: Sendable {
  private let form: Place.Form
  private let delivery: Layout.Delivery
  private let handled: Set<String>
  private let isBlock: Bool
  private let isFolder: Bool
  /// The platform that alone reads the place, so that fields of its own can be kept for it; nil when there are several.
  let platform: String?
  /// Whether a value that no canonical field can hold becomes the platform's own, and is no problem.
  private var keepsUnreadable = false

  /// - Parameter form: of what stands in the place of the delivery.
  package init(_ form: Place.Form, of delivery: Layout.Delivery) {
    (self.form, self.delivery) = (form, delivery)
    handled = form.handledFields
    isBlock = delivery.place.format == .block
    isFolder = delivery.place.format == .skill
    platform = delivery.platforms.count == 1 && !isBlock ? delivery.platforms[0] : nil
  }

  /// What the fields of a head say, as changes of a head that has nothing of it yet.
  ///
  /// Values that no canonical field can hold go under the platform's own key where it is alone; the others are problems.
  package func changes(saying head: [Field]) -> (changes: [HeadChange], problems: [ReadingProblem]) {
    var keeping = self
    keeping.keepsUnreadable = true
    var (changes, problems) = keeping.changes(from: [], to: head.filter { !isMadeUp($0) }, of: [], overrides: [])
    changes.removeAll { saysNothing($0) }
    // A command that its head does not keep from the model.
    if delivery.artifact.id.kind == .command, let key = userOnlyKey, head[key] == nil {
      changes.append(HeadChange(path: ["disable-model-invocation"], value: .bool(false)))
    }
    return (changes, problems)
  }

  /// Whether a field is aiwg's own, because the artifact says none.
  private func isMadeUp(_ field: Field) -> Bool {
    isDescription(field.key) && delivery.artifact.isRule && delivery.isChosenByDescription
      && field.value == .text(descriptionOfNone(delivery.name))
  }

  /// Whether a key of the head is for the description, under that name or another one.
  private func isDescription(_ key: String) -> Bool {
    guard let rule = form.fields.first(where: { $0.key == key }), case .field(let names, _, _) = rule.source else { return key == "description" }
    return names == ["description"]
  }

  /// Whether a switch of the head says what the kind says already.
  private func saysNothing(_ change: HeadChange) -> Bool {
    change.path == ["disable-model-invocation"] && userOnlyKey != nil && change.value == .bool(delivery.artifact.id.kind == .command)
  }

  /// The key that says that only the user may start it.
  private var userOnlyKey: String? {
    form.fields.first { rule in
      if case .field(["user-only"], _, _) = rule.source { true } else { false }
    }?.key
  }

  /// The fields without those that say the same as their absence: a switch that is off.
  package func meant(by fields: [Field]) -> [Field] {
    fields.filter { $0.value != .bool(false) || $0.key != userOnlyKey }
  }

  /// Whether a key is one that the form makes itself.
  package func makes(_ key: String) -> Bool { form.fields.contains { $0.key == key } }

  /// The changes of the canonical head after which an output that had one head has another.
  ///
  /// - Parameters:
  ///   - fields: the canonical fields as they are.
  ///   - overrides: those that hold for the platform alone.
  package func changes(
    from old: [Field], to new: [Field], of fields: [Field], overrides: [Field]
  ) -> (changes: [HeadChange], problems: [ReadingProblem]) {
    var changes: [HeadChange] = []
    var problems: [ReadingProblem] = []
    let keys = new.map(\.key) + old.map(\.key).filter { key in !new.contains { $0.key == key } }
    for key in keys where new[key] != old[key] {
      do throws(ReadingProblem) {
        changes += try change(of: key, from: old[key], to: new[key], of: fields, overrides: overrides)
      } catch {
        var problem = error
        problem.range = problem.range ?? (new + old).first { $0.key == key }?.range
        problems.append(problem)
      }
    }
    return (changes, problems)
  }

  private func change(
    of key: String, from base: FieldValue?, to value: FieldValue?, of fields: [Field], overrides: [Field]
  ) throws(ReadingProblem) -> [HeadChange] {
    // Only what holds for a platform alone is written when it is nothing at all.
    if keepsUnreadable, value == .null { return platform.map { [HeadChange(path: [$0, key], value: value)] } ?? [] }
    if let platform, overrides.contains(where: { $0.key == key }) { return [HeadChange(path: [platform, key], value: value)] }
    if isBlock { return try inBlock(key, value) }
    guard let rule = form.fields.first(where: { $0.key == key }) else { return [try unlisted(key, value)] }
    guard case .field(let names, let vocabulary, let spelling) = rule.source else {
      // Constants say what the place makes of an artifact; a change of when it loads is read from all of the head.
      if value == constant(of: rule) { return [] }
      guard keepsUnreadable || mayDiffer(value) else {
        throw ReadingProblem("`\(key)` says what the file is, and that is for the canonical file to say", help: "change it there")
      }
      return [try own(key, value, "the form of this file says what stands there")]
    }
    if names == ["name"] {
      if keepsUnreadable {
        guard let platform, let value, value.scalarText != delivery.name else { return [] }
        return [HeadChange(path: [platform, key], value: value)]
      }
      // Where the file's own name does not count, a platform may know it by another one.
      guard let platform, !isFolder, let value else { throw ReadingProblem("the name is that of the canonical file", help: "rename that file") }
      return [HeadChange(path: [platform, key], value: value)]
    }
    if names == ["user-only"] {
      // Without the switch a command would be for the user alone.
      let off: FieldValue? = delivery.artifact.id.kind == .command ? .bool(false) : nil
      return [HeadChange(path: ["disable-model-invocation"], value: value ?? off)]
    }
    let name = names.first { fields[$0] != nil && fields[$0] != .null } ?? names[0]
    do throws(ReadingProblem) {
      let read = try ValueReading(spelling: spelling, vocabulary: vocabulary).value(
        value.map { asText($0, name) }, from: base, onto: fields[name], of: key)
      return [HeadChange(path: [name], value: read)]
    } catch {
      guard keepsUnreadable, let platform, value != nil else { throw error }
      return [HeadChange(path: [platform, key], value: value)]
    }
  }

  /// A description is a text, whatever it looks like.
  private func asText(_ value: FieldValue, _ name: String) -> FieldValue {
    name == "description" ? value.scalarText.map(FieldValue.text) ?? value : value
  }

  /// Whether a platform may have the field another way than the form makes it; when a rule loads is read from all of the head.
  private func mayDiffer(_ value: FieldValue?) -> Bool { platform != nil && value != nil && !delivery.artifact.isRule }

  private func constant(of rule: FieldRule) -> FieldValue? {
    if case .constant(let value) = rule.source { value } else { nil }
  }

  /// A key that no rule of the form makes.
  private func unlisted(_ key: String, _ value: FieldValue?) throws(ReadingProblem) -> HeadChange {
    let name = Metadata.field(key)
    guard form.unlisted != .drop, !handled.contains(name), !form.drops.contains(name), name != "platforms" else {
      return try own(key, value, "no canonical field says it")
    }
    guard form.unlisted == .metadata else { return HeadChange(path: [name], value: value.map { asText($0, key) }) }
    if Metadata.holds(key) { return HeadChange(path: [name], value: value?.scalarText.map { Metadata.value(of: $0) } ?? value) }
    guard Metadata.isSpecified(key) else { return try own(key, value, "what the specification of skills does not know stands in `metadata`") }
    return HeadChange(path: [key], value: value.map { asText($0, key) })
  }

  private func inBlock(_ key: String, _ value: FieldValue?) throws(ReadingProblem) -> [HeadChange] {
    guard key == "name" else { return [HeadChange(path: [key], value: value)] }
    if keepsUnreadable { return [] }
    throw ReadingProblem("a rule has the name of its canonical file", help: "rename that file")
  }

  /// A field of the platform's own.
  private func own(_ key: String, _ value: FieldValue?, _ reason: String) throws(ReadingProblem) -> HeadChange {
    guard let platform else { throw ReadingProblem("`\(key)` cannot go into the tree: \(reason), and other platforms read this file too") }
    return HeadChange(path: [platform, key], value: value)
  }
}
