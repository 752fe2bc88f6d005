import ContextModel
import FileTree
import Platforms
import SettingsFiles

/// One hook in the words of a dialect.
struct HookRendering {
  /// What stands for the hook at its place, around all that follows from the event alone.
  private(set) var value: FieldValue
  private(set) var unsaid: [Unsaid] = []
  /// Keys below the map or list of hooks, to the list that the value is an element of, or the member that it is.
  private(set) var path: [String] = []
  private(set) var isElement = true

  /// - Throws: `Refused` when there is no such event, or no word for the tools that it is about.
  init(_ artifact: Artifact, fields: [Field], own: Set<String>, in dialect: SettingsDialect) throws(Refused) {
    guard let moment = artifact.hookEvent, let event = dialect.events[moment] else {
      throw Refused(field: "event", reason: "it has no such event")
    }
    var said = fieldsOfNoPlatform.union(["event"])
    value = .null
    let matcher = try pattern(of: fields, at: moment, &said, dialect)
    var handler: [FieldValue.Entry] = []
    for rule in dialect.handler {
      switch rule.source {
      case .constant(let value): handler.put(value, at: rule.key)
      case .field(let names, _, let spelling):
        if names == ["name"] {
          handler.put(.text(artifact.hookName), at: rule.key)
          continue
        }
        guard let name = names.first(where: { fields[$0] != nil && fields[$0] != .null }), let value = fields[name] else { continue }
        said.insert(name)
        let isShort = spelling == .milliseconds
        handler.put(isShort ? .number(String(Int((value.scalarText.flatMap { Double($0) } ?? 0) * 1000))) : value, at: rule.key)
      }
    }
    for field in fields where !said.contains(field.key) && field.value != .null {
      if own.contains(field.key) {
        handler.append(.init(field.key, field.value))
      } else {
        unsaid.append(Unsaid(field: field.key, reason: "it has no field for it"))
      }
    }
    let group = dialect.ungrouped.contains(moment) ? nil : dialect.group
    let hook = group.map { matcher + [.init($0, .list([.map(handler)]))] } ?? handler + matcher
    switch dialect.layout {
    case .events: (value, path) = (.map(hook), [event])
    case .list(let key): value = .map([.init(key, .text(event))] + hook)
    case .names: (value, path, isElement) = (.map([.init(event, .list([.map(hook)]))]), [artifact.hookName], false)
    }
  }

  /// The member with the tools that the hook is for; none when it is for all of them.
  private mutating func pattern(
    of fields: [Field], at event: HookEvent, _ said: inout Set<String>, _ dialect: SettingsDialect
  ) throws(Refused) -> [FieldValue.Entry] {
    guard let tools = fields["tools"]?.textList else { return [] }
    guard let form = dialect.matcher, form.events.contains(event) else {
      throw Refused(field: "tools", reason: "it cannot keep a hook to some tools")
    }
    var words: [String] = []
    for tool in tools {
      guard let translations = form.words.translation(of: tool) else {
        throw Refused(field: "tools", reason: "it has no word for `\(tool)`, and the hook would not run for it")
      }
      words += translations.filter { !words.contains($0) }
    }
    said.insert("tools")
    if let looseness = form.looseness { unsaid.append(Unsaid(field: "tools", reason: looseness)) }
    return [.init(form.key, .text(form.frame.before + words.joined(separator: "|") + form.frame.behind))]
  }
}

extension Artifact {
  /// What a hook is called where hooks have names: a behavior has one for each of its events.
  var hookName: String { id.kind == .behavior ? id.name + ":" + (hookEvent?.rawValue ?? "") : id.name }
}

extension [FieldValue.Entry] {
  /// Adds a value under a key; a dot in it leads into a map.
  fileprivate mutating func put(_ value: FieldValue, at key: String) {
    guard let dot = key.firstIndex(of: ".") else { return append(.init(key, value)) }
    let (outer, inner) = (String(key[..<dot]), String(key[key.index(after: dot)...]))
    if let index = firstIndex(where: { $0.key == outer }), case .map(var entries) = self[index].value {
      entries.put(value, at: inner)
      self[index].value = .map(entries)
    } else {
      var entries: [FieldValue.Entry] = []
      entries.put(value, at: inner)
      append(.init(outer, .map(entries)))
    }
  }
}
