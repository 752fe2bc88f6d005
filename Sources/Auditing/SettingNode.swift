import Diagnostics
import JSON
import TOML
import YAML

/// One value of a settings file, whatever its syntax.
struct SettingNode {
  enum Content {
    case text(String)
    case bool(Bool)
    case other
    case list([SettingNode])
    case map([Pair])
  }

  struct Pair {
    var key: String
    var keyRange: Range<Int>
    var value: SettingNode
  }

  var content: Content
  /// In bytes of the file.
  var range: Range<Int>

  var text: String? { if case .text(let text) = content { text } else { nil } }
  var list: [SettingNode]? { if case .list(let items) = content { items } else { nil } }
  var map: [Pair]? { if case .map(let pairs) = content { pairs } else { nil } }

  /// The value of a key, in whatever case it is written.
  subscript(key: String) -> SettingNode? { map?.first { $0.key.lowercased() == key }?.value }

  /// The values of a list of texts, or one of a text.
  var texts: [(text: String, range: Range<Int>)] {
    if let text { return [(text, range)] }
    return (list ?? []).compactMap { item in item.text.map { ($0, item.range) } }
  }
}

extension SettingNode {
  /// Nil when the file has another syntax, or is broken.
  init?(_ file: AuditedFile) {
    var ignored: [Diagnostic] = []
    let source = SourceText(path: file.shownAs, bytes: file.bytes)
    switch file.form {
    case .json:
      guard let node = parseJSON(source, dialect: .withComments, diagnostics: &ignored) else { return nil }
      self.init(node)
    case .toml:
      guard let table = parseTOML(source, diagnostics: &ignored) else { return nil }
      self.init(TOMLNode(.table(table), range: 0..<file.bytes.count))
    case .yaml:
      guard let node = parseYAML(source, limits: .configuration, diagnostics: &ignored) else { return nil }
      self.init(node)
    case .prose, .script: return nil
    }
  }

  /// The head of a Markdown file; nil without one, and for a broken one.
  init?(headOf file: AuditedFile, _ head: Range<Int>) {
    var ignored: [Diagnostic] = []
    guard let node = parseYAML(SourceText(path: file.shownAs, bytes: file.bytes), in: head, limits: .frontmatter, diagnostics: &ignored) else {
      return nil
    }
    self.init(node)
  }

  private init(_ node: JSONNode) {
    range = node.range
    switch node.content {
    case .text(let text): content = .text(text)
    case .bool(let flag): content = .bool(flag)
    case .number, .null: content = .other
    case .array(let items): content = .list(items.map { SettingNode($0.value) })
    case .object(let members):
      content = .map(members.map { Pair(key: $0.key?.text ?? "", keyRange: $0.key?.range ?? $0.range, value: SettingNode($0.value)) })
    }
  }

  private init(_ node: TOMLNode) {
    range = node.range
    switch node.content {
    case .text(let text): content = .text(text.text)
    case .bool(let flag): content = .bool(flag)
    case .integer, .float, .datetime: content = .other
    case .array(let items): content = .list(items.map { SettingNode($0) })
    case .table(let table): content = .map(table.pairs.map { Pair(key: $0.key.text, keyRange: $0.key.range, value: SettingNode($0.value)) })
    }
  }

  private init(_ node: YAMLNode) {
    range = node.range
    switch node.content {
    case .scalar(let scalar): content = scalar.bool.map(Content.bool) ?? (scalar.isNull || scalar.isNumber ? .other : .text(scalar.text))
    case .sequence(let items): content = .list(items.map { SettingNode($0) })
    case .mapping(let pairs): content = .map(pairs.map { Pair(key: $0.keyText, keyRange: $0.key.range, value: SettingNode($0.value)) })
    }
  }
}
