package import ContextModel
package import Platforms
import SettingsFiles

extension SettingsLens {
  /// All that a value at this place says of an artifact of which nothing but the transport or the event is known.
  ///
  /// Only `means` says whether the reading is right.
  ///
  /// - Throws: `UnreadableSetting` when the value says something that no canonical file does.
  package func reading(_ value: FieldValue) throws(UnreadableSetting) -> [SettingChange] {
    let reading = SettingReading(self)
    let fields = artifact.settingKind == .hook ? try reading.hook(value) : try reading.server(value)
    if let foreign = fields.lazy.compactMap({ foreignReference(in: $0.value) }).first {
      throw UnreadableSetting("it has `\(foreign)`, which this platform fills in, and no other one")
    }
    return fields.map { SettingChange(path: $0.path, value: $0.value) }
  }

  /// Whether the file is to say that value, or one that differs in nothing but what holds without being said.
  package func means(_ value: FieldValue) -> Bool {
    guard let written = try? written().value else { return false }
    return plain(written).isSame(as: plain(value))
  }

  /// Why the file would not say just that value, in words; no part of a value is in them.
  package func difference(from value: FieldValue) -> String {
    do throws(Refused) {
      let written = plain(try written().value)
      guard case .map(let now) = written, case .map(let before) = plain(value) else { return "no canonical file says just this" }
      let keys = (before + now).map(\.key).filter { key in !(written[key].map { before[key]?.isSame(as: $0) ?? false } ?? false) }
      var names: [String] = []
      for key in keys where !names.contains(key) { names.append(key) }
      return "written again, \(names.map { "`\($0)`" }.joined(separator: " and ")) would say something else"
    } catch {
      return "written again, `\(error.field)` could not be said: \(error.reason)"
    }
  }

  /// The transports that a value at a place may be over: what it has says where the server is, and contradicts nothing.
  package static func transports(of value: FieldValue, in entry: SettingsPlace.Entry) -> [Transport] {
    Transport.allCases.filter { transport in
      guard let rules = entry.dialect.forms[transport] else { return false }
      let address = transport == .stdio ? "command" : "url"
      return rules.contains { $0.expressed.contains(address) && value[$0.key] != nil }
        && rules.allSatisfy { rule in
          guard case .constant(let constant) = rule.source, let there = value[rule.key] else { return true }
          return constant.isSame(as: there)
        }
    }
  }

  /// The beginning of a reference that the dialect has beside those to variables.
  private func foreignReference(in value: FieldValue) -> String? {
    switch value {
    case .text(let text):
      let plain = TextPart.parts(of: text).compactMap { if case .text(let text) = $0 { text } else { nil } }
      let marks = ["${"] + delivery.entry.dialect.fillsIn
      return marks.first { mark in plain.contains { $0.contains(mark) } }
    case .list(let items): return items.lazy.compactMap { foreignReference(in: $0) }.first
    case .map(let entries): return entries.lazy.compactMap { foreignReference(in: $0.value) }.first
    case .bool, .number, .null: return nil
    }
  }

  /// Without members that hold as well when they are not there, and with names in one order where their order says nothing.
  private func plain(_ value: FieldValue) -> FieldValue {
    let dialect = delivery.entry.dialect
    guard artifact.settingKind == .server, case .map(let members) = sorted(value) else {
      guard case .map(let members) = value, let matcher = dialect.matcher else { return value }
      return .map(members.filter { $0.key != matcher.key || !matcher.isForAll($0.value) })
    }
    let rules = dialect.forms[artifact.transport] ?? []
    let implied = dialect.implied[artifact.transport] ?? []
    return .map(
      members.filter { member in
        if implied.contains(where: { $0.key == member.key && $0.value.isSame(as: member.value) }) { return false }
        guard case .field(let names, _, let spelling)? = rules.first(where: { $0.key == member.key })?.source else { return true }
        switch member.value {
        case .bool(let flag): return spelling == .negated ? flag : !(flag && names == ["enabled"])
        case .map(let entries): return !entries.isEmpty
        case .list(let items): return !(items.isEmpty && names == ["args"])
        default: return true
        }
      })
  }
}

extension [FieldValue.Entry] {
  fileprivate subscript(key: String) -> FieldValue? { first { $0.key == key }?.value }
}
