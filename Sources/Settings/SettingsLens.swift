package import ContextModel
package import FileTree
import Platforms
import SettingsFiles

/// One artifact at its place in a settings file: what it says there, and what an edit of that says about it.
package struct SettingsLens: Sendable {
  package private(set) var delivery: SettingsDelivery

  package init(_ delivery: SettingsDelivery) {
    self.delivery = delivery
  }

  package var artifact: Artifact { delivery.artifact }

  /// The same place for the artifact as it is by now.
  package func replacing(_ artifact: Artifact) -> SettingsLens {
    var out = self
    out.delivery.artifact = artifact
    return out
  }

  /// The platform whose own fields the file can say; nil where several read it.
  package var onlyPlatform: String? { delivery.platforms.count == 1 ? delivery.platforms[0] : nil }

  var fields: [Field] { onlyPlatform.map(artifact.fields(on:)) ?? artifact.fields }

  /// Keys of fields that are the platform's own.
  var own: Set<String> { Set(onlyPlatform.flatMap { artifact.overrides[$0]?.map(\.key) } ?? []) }

  /// What the file is to say.
  /// - Throws: `Refused` when the artifact cannot be said there.
  func written() throws(Refused) -> (setting: DesiredSetting, value: FieldValue, unsaid: [Unsaid]) {
    let entry = delivery.entry
    if artifact.settingKind == .hook {
      let hook = try HookRendering(artifact, fields: fields, own: own, in: entry.dialect)
      let setting = DesiredSetting(
        path: entry.path + hook.path, isElement: hook.isElement, identity: hook.isElement ? fields["command"]?.scalarText : nil,
        value: jsonText(of: hook.value))
      return (setting, hook.value, hook.unsaid)
    }
    let server = try ServerRendering(artifact, fields: fields, own: own, in: entry.dialect)
    let value = FieldValue.map(server.members)
    return (DesiredSetting(path: entry.path + [artifact.id.name], value: jsonText(of: value)), value, server.unsaid)
  }

  /// What the file is to say; nil when the artifact cannot be said there.
  package var setting: DesiredSetting? { (try? written())?.setting }

  /// Whether the file is to say everything that the artifact does.
  package var isSaidInFull: Bool { (try? written()).map(\.unsaid.isEmpty) ?? false }

  /// Whether the file is to say that value.
  package func says(_ value: FieldValue) -> Bool { (try? written()).map { sorted($0.value).isSame(as: sorted(value)) } ?? false }

  /// The value with names that are a list here and the keys of a map in the canonical file, where their order says nothing, in one order.
  func sorted(_ value: FieldValue) -> FieldValue {
    guard artifact.settingKind == .server, case .map(let members) = value else { return value }
    let rules = delivery.entry.dialect.forms[artifact.transport] ?? []
    return .map(
      members.map { member in
        guard let rule = rules.first(where: { $0.key == member.key }), case .field(_, _, .ownVariables) = rule.source,
          let names = member.value.textList
        else { return member }
        return .init(member.key, .list(names.sorted().map(FieldValue.text)))
      })
  }

  /// What somebody who wrote another value there says about the artifact.
  ///
  /// - Returns: fields and entries of fields that are to be something else, with the keys that lead to them in the canonical file.
  /// - Throws: `UnreadableSetting` when the value says something that no canonical file does.
  package func changes(saying value: FieldValue) throws(UnreadableSetting) -> [SettingChange] {
    guard let old = try? written().value else { throw UnreadableSetting("`\(artifact.id)` is not said here") }
    let (before, after) = (try fields(in: old), try fields(in: value))
    var out: [SettingChange] = []
    for field in after where before[field.path] != field.value { out.append(SettingChange(path: place(of: field.path), value: field.value)) }
    for field in before where after[field.path] == nil { out.append(SettingChange(path: place(of: field.path), value: nil)) }
    return out
  }

  /// Where the canonical file says a field: the platform's own word comes before the one for all.
  private func place(of path: [String]) -> [String] {
    guard let platform = onlyPlatform, let key = path.first, own.contains(key), key != platform else { return path }
    return [platform] + path
  }

  private func fields(in value: FieldValue) throws(UnreadableSetting) -> [ReadField] {
    let reading = SettingReading(self)
    return artifact.settingKind == .hook ? try reading.hook(value) : try reading.server(value)
  }
}

/// A field of a canonical file, or an entry of one, that is to be something else.
package struct SettingChange: Hashable, Sendable {
  /// Keys from the root of the canonical file on.
  package var path: [String]
  /// Nil for what is to go.
  package var value: FieldValue?

  package init(path: [String], value: FieldValue?) {
    (self.path, self.value) = (path, value)
  }
}

/// Why a value in a settings file is what no artifact says.
package struct UnreadableSetting: Error, Hashable {
  package var message: String

  init(_ message: String) {
    self.message = message
  }
}
