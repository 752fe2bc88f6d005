import ContextLoading
package import ContextModel
import Diagnostics
package import Platforms
import TOML
import YAML

/// Why bytes cannot be read back.
package struct ReadingProblem: Error, Hashable, Sendable {
  /// What is wrong, about the input.
  package var message: String
  /// Bytes of what was read; nil for all of it.
  package var range: Range<Int>?
  /// What to do about it.
  package var help: String?

  package init(_ message: String, at range: Range<Int>? = nil, help: String? = nil) {
    self.message = message
    self.range = range
    self.help = help
  }
}

/// What a file in a place says, taken apart by the place's format: the inverse of composing it.
package struct OutputText: Sendable {
  /// The head, in its order.
  package var fields: [Field]
  package var body: [UInt8]
  /// Where the body stands in what was read; nil when it is spelled otherwise there.
  package var bodyStart: Int?
  /// Whether the head says what no field can hold: a comment.
  package var hasComments = false

  /// - Throws: `ReadingProblem` when the bytes are not of the form.
  package init(_ bytes: [UInt8], at place: Place, form: Place.Form) throws(ReadingProblem) {
    switch place.format {
    case .markdown, .skill:
      try self.init(document: bytes, plainKeys: form.plainKeys)
      if form.unlisted == .metadata { fields = Metadata.flat(fields) }
    case .block: try self.init(section: bytes)
    case .toml: try self.init(table: bytes, bodyKey: form.bodyKey ?? TOMLWriter.usualBodyKey)
    case .import: throw ReadingProblem("this line only makes a platform load another file")
    }
  }

  init(fields: [Field], body: [UInt8], bodyStart: Int? = nil) {
    (self.fields, self.body, self.bodyStart) = (fields, body, bodyStart)
  }

  /// A head between dashes, then the body.
  private init(document bytes: [UInt8], plainKeys: Set<String>) throws(ReadingProblem) {
    let split = HeadSplit(bytes)
    self.init(fields: [], body: Array(bytes[split.body]), bodyStart: split.body.lowerBound)
    guard let head = split.head else { return }
    let (rest, plain) = Self.takingPlainLines(of: plainKeys, from: bytes, head)
    var problems: [Diagnostic] = []
    let source = SourceText(path: "", bytes: rest)
    let root = parseYAML(source, in: head, limits: .frontmatter, diagnostics: &problems)
    if let problem = problems.first {
      throw ReadingProblem("the head is not valid: " + problem.message, at: head, help: problem.help)
    }
    guard let pairs = root == nil ? [] : root?.pairs else { throw ReadingProblem("the head has no keys and values", at: head) }
    let read = pairs.map { Field($0.keyText, FieldValue(of: $0, in: source), quotes: source.quotes(of: $0.value), range: $0.range) }
    fields = (read + plain).sorted { $0.range.lowerBound < $1.range.lowerBound }
    hasComments = Self.hasComments(rest, head, besides: pairs, plain)
  }

  /// Lines that some platforms do not read as YAML, such as `globs: **/*.ts`; in the bytes that are left, they are blank.
  private static func takingPlainLines(of keys: Set<String>, from bytes: [UInt8], _ head: Range<Int>) -> (bytes: [UInt8], fields: [Field]) {
    var bytes = bytes
    var fields: [Field] = []
    var start = head.lowerBound
    while !keys.isEmpty, start < head.upperBound {
      let end = bytes[start..<head.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? head.upperBound
      if let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")) {
        let key = String(decoding: bytes[start..<colon], as: UTF8.self)
        let value = String(decoding: bytes[(colon + 1)..<end], as: UTF8.self).trimmingBlanks
        if keys.contains(key), !value.isEmpty, !value.isWrittenAsYAML {
          fields.append(Field(key, .text(value), range: start..<end))
          for index in start..<end { bytes[index] = UInt8(ascii: " ") }
        }
      }
      start = end + 1
    }
    return (bytes, fields)
  }

  /// Whether something in the head is neither key nor value; what stands between values is punctuation, and never a `#`.
  private static func hasComments(_ bytes: [UInt8], _ head: Range<Int>, besides pairs: [YAMLPair], _ plain: [Field]) -> Bool {
    guard bytes[head].contains(UInt8(ascii: "#")) else { return false }
    var scalars: [Range<Int>] = plain.map(\.range)
    func collect(_ node: YAMLNode) {
      if let pairs = node.pairs {
        for pair in pairs {
          scalars.append(pair.key.range)
          collect(pair.value)
        }
      } else if let list = node.list {
        list.forEach(collect)
      } else {
        scalars.append(node.range)
      }
    }
    for pair in pairs {
      scalars.append(pair.key.range)
      collect(pair.value)
    }
    return head.contains { index in bytes[index] == UInt8(ascii: "#") && !scalars.contains { $0.contains(index) } }
  }

  /// A table with the body as one of its texts.
  private init(table bytes: [UInt8], bodyKey: String) throws(ReadingProblem) {
    var problems: [Diagnostic] = []
    guard let table = parseTOML(SourceText(path: "", bytes: bytes), diagnostics: &problems) else {
      throw ReadingProblem("the file is no valid TOML: " + (problems.first?.message ?? ""), help: problems.first?.help)
    }
    guard let prompt = table.pairs.first(where: { $0.key.text == bodyKey }), case .text(let text) = prompt.value.content else {
      throw ReadingProblem("the table has no text `\(bodyKey)`, which the body is", help: "give it that key again")
    }
    self.init(fields: [], body: Array(text.text.utf8), bodyStart: text.isVerbatim ? text.inner.lowerBound : nil)
    for pair in table.pairs where pair.key.text != bodyKey { fields.append(Field(pair.key.text, FieldValue(pair.value), range: pair.range)) }
    hasComments = bytes.indices.contains { index in
      bytes[index] == UInt8(ascii: "#") && !table.pairs.contains { $0.range.contains(index) }
    }
  }

  /// A part of a managed block.
  private init(section bytes: [UInt8]) throws(ReadingProblem) {
    guard let section = Section(reading: bytes) else {
      let help = "the first paragraph of a rule in a block begins like ``Rule `name`: ``, with its facts on the next line"
      let first = bytes.prefix { $0 != UInt8(ascii: "\n") }
      throw ReadingProblem("this part of the block does not begin like a rule", at: first.indices, help: help)
    }
    self.init(fields: section.lead.fields, body: section.text, bodyStart: bytes.count - section.text.count - 1)
  }
}

extension FieldValue {
  /// The value of a node; dates are texts.
  init(_ node: TOMLNode) {
    switch node.content {
    case .text(let text): self = .text(text.text)
    case .integer(let text, _), .float(let text): self = .number(text)
    case .bool(let flag): self = .bool(flag)
    case .datetime(let text): self = .text(text)
    case .array(let items): self = .list(items.map { FieldValue($0) })
    case .table(let table): self = .map(table.pairs.map { Entry($0.key.text, FieldValue($0.value)) })
    }
  }
}

extension SectionLead {
  /// What it says, as fields of a head.
  var fields: [Field] {
    var out = [Field("name", .text(name))]
    if let globs { out.append(Field("globs", .list(globs.map(FieldValue.text)))) }
    if let description { out.append(Field("description", .text(description))) }
    // Patterns that only the facts name do not decide when the rule holds.
    let hasPatterns = globs == nil && facts.contains { ["globs", "paths"].contains($0.key) && !$0.value.patterns.isEmpty }
    return out + facts + (hasPatterns ? [Field("activation", .text(Activation.always.rawValue))] : [])
  }
}

extension Place.Form {
  /// Keys whose values platforms read as they stand.
  fileprivate var plainKeys: Set<String> {
    Set(
      fields.compactMap { rule in
        if case .field(_, _, .commaPlain) = rule.source { rule.key } else { nil }
      })
  }
}

extension String {
  /// Whether quotes or brackets stand around all of it, or it is the sign of a block below.
  fileprivate var isWrittenAsYAML: Bool {
    guard let first = utf8.first, let last = utf8.last else { return false }
    let ends = ["\"": "\"", "'": "'", "[": "]", "{": "}"].map { (Array($0.utf8)[0], Array($1.utf8)[0]) }
    return ends.contains { $0 == (first, last) } || "|>".utf8.contains(first)
  }

  fileprivate var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
    return String(String(drop(while: isBlank).reversed()).drop(while: isBlank).reversed())
  }
}
