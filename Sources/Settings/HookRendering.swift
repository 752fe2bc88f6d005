import ContextModel
import Platforms

/// One hook in the words of a dialect.
struct HookRendering {
  /// The platform's word for the event.
  let event: String
  let value: FieldValue
  private(set) var unsaid: [Unsaid] = []

  /// - Throws: `Refused` when there is no such event, or no word for the tools that it is about.
  init(_ artifact: Artifact, fields: [Field], own: Set<String>, in dialect: SettingsDialect) throws(Refused) {
    guard let moment = artifact.hookEvent, let word = dialect.events[moment] else {
      throw Refused(field: "event", reason: "it has no such event")
    }
    event = word
    var said = fieldsOfNoPlatform.union(["event"])
    var matcher: [FieldValue.Entry] = []
    if let tools = fields["tools"]?.textList {
      guard let form = dialect.matcher else { throw Refused(field: "tools", reason: "it cannot keep a hook to some tools") }
      var words: [String] = []
      for tool in tools {
        guard let translations = form.words.translation(of: tool) else {
          throw Refused(field: "tools", reason: "it has no word for `\(tool)`, and the hook would not run for it")
        }
        words += translations.filter { !words.contains($0) }
      }
      matcher = [.init(form.key, .text(words.joined(separator: "|")))]
      said.insert("tools")
    }
    var handler: [FieldValue.Entry] = []
    for rule in dialect.handler {
      switch rule.source {
      case .constant(let value): handler.append(.init(rule.key, value))
      case .field(let names, _, let spelling):
        guard let name = names.first(where: { fields[$0] != nil && fields[$0] != .null }), let value = fields[name] else { continue }
        said.insert(name)
        let isShort = spelling == .milliseconds
        handler.append(.init(rule.key, isShort ? .number(String(Int((value.scalarText.flatMap { Double($0) } ?? 0) * 1000))) : value))
      }
    }
    for field in fields where !said.contains(field.key) && field.value != .null {
      if own.contains(field.key) {
        handler.append(.init(field.key, field.value))
      } else {
        unsaid.append(Unsaid(field: field.key, reason: "it has no field for it"))
      }
    }
    value = .map(dialect.group.map { matcher + [.init($0, .list([.map(handler)]))] } ?? handler + matcher)
  }
}
