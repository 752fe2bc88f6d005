package import ContextModel
package import Diagnostics
package import YAML

/// The frontmatter of one file, understood.
struct Head {
  var fields: [Field] = []
  var overrides: [String: [Field]] = [:]
  /// Nil when there is no `platforms` field.
  var audience: Audience?
  /// What a translation says of the versions that it follows; nil without that field, and in a base file.
  var follows: Field?

  /// This head over the one that it inherits from: own keys win.
  ///
  /// What is inherited has no bytes in this file.
  func inheriting(from base: Head) -> Head {
    var out = self
    let inherited = base.fields.map { field in fields.first { $0.key == field.key } ?? Field(field.key, field.value) }
    out.fields = inherited + fields.filter { field in !base.fields.contains { $0.key == field.key } }
    out.overrides = base.overrides.mapValues { $0.map { Field($0.key, $0.value) } }.merging(overrides) { $1 }
    out.audience = audience ?? base.audience
    return out
  }
}

/// Reads the fields of one file of one kind, and reports what cannot be right.
struct HeadReader {
  let text: SourceText
  let id: ArtifactID
  /// By id or alias: the id.
  let platformIDs: [String: String]
  let isTranslation: Bool
  private(set) var findings: [Diagnostic] = []
  private var errors = 0
  private static let mostFindings = 50

  init(_ text: SourceText, _ id: ArtifactID, platformIDs: [String: String], isTranslation: Bool) {
    self.isTranslation = isTranslation
    self.text = text
    self.id = id
    self.platformIDs = platformIDs
  }

  mutating func read(_ pairs: [YAMLPair]) -> Head {
    var head = Head()
    for pair in pairs {
      if pair.keyText == "platforms" {
        head.audience = audience(pair.value)
      } else if let platform = platformIDs[pair.keyText], let own = pair.value.pairs {
        if head.overrides[platform] != nil {
          report("platform-twice", "fields for `\(platform)` are given twice", at: pair.key.range, help: "put them into one map")
        }
        head.overrides[platform, default: []] += own.map { ownField($0) }
      } else if isTranslation, pair.keyText == followsKey {
        head.follows = Field(pair.keyText, FieldValue(pair.value), range: pair.range)
      } else {
        head.fields.append(field(pair))
        warnAboutUnknown(pair)
      }
    }
    return head
  }

  /// A field of one platform: its names and values are the platform's own.
  private mutating func ownField(_ pair: YAMLPair) -> Field {
    checkControls(pair.value)
    return Field(pair.keyText, FieldValue(of: pair, in: text), quotes: text.quotes(of: pair.value), range: pair.range)
  }

  private mutating func field(_ pair: YAMLPair) -> Field {
    check(pair)
    checkControls(pair.value)
    return Field(pair.keyText, value(pair), quotes: text.quotes(of: pair.value), range: pair.range)
  }

  /// What an escape in double quotes can hide: a NUL is an error, other control characters are told.
  private mutating func checkControls(_ node: YAMLNode) {
    for child in node.list ?? node.pairs?.map(\.value) ?? [] { checkControls(child) }
    guard let scalar = node.scalar, !scalar.isPlain else { return }
    let control = scalar.text.unicodeScalars.first {
      ($0.value < 0x20 && ![0x09, 0x0A, 0x0D].contains($0.value)) || (0x7F...0x9F).contains($0.value)
    }
    guard let control, control.value == 0 || findings.count < Self.mostFindings else { return }
    let isNUL = control.value == 0
    let help =
      isNUL ? "remove the escape: many programs take it for the end of the text" : "remove it: a terminal that shows the text would act on it"
    add(
      Diagnostic(
        isNUL ? .error : .warning, "frontmatter/control-character", "the control character \(codePoint(control.value)) in this value",
        at: text.place(node.range), help: help))
  }

  /// The value, with what people mean where YAML reads something else.
  private mutating func value(_ pair: YAMLPair) -> FieldValue {
    let node = pair.value
    switch pair.keyText {
    case "argument-hint" where node.text == nil:
      let message = "`argument-hint` is \(node.kindInWords), and is taken as the text that stands there"
      let help = ValueLine(at: node.range.lowerBound, in: text.bytes)?.help ?? "put quotes around the value"
      add(Diagnostic(.warning, "frontmatter/argument-hint-not-text", message, at: text.place(node.range), help: help))
    case "name":
      if let named = node.text, named != id.name {
        let message = "`name` is `\(named)`, but the \(id.kind == .skill ? "folder" : "file") is named `\(id.name)`, and that counts"
        let help = "write `name: \(id.name)`, or rename the \(id.kind == .skill ? "folder" : "file")"
        add(Diagnostic(.warning, "frontmatter/name-differs", message, at: text.place(node.range), help: help))
      }
      return .text(id.name)
    default: break
    }
    return FieldValue(of: pair, in: text)
  }

  /// `platforms: [a, b]`, or a text with commas; `!a` excludes.
  private mutating func audience(_ node: YAMLNode) -> Audience? {
    if node.isNull { return nil }
    var out = Audience()
    var only: Set<String>? = node.list?.isEmpty == true ? [] : nil
    for (word, range) in platformWords(node) {
      let isExcluded = word.hasPrefix("!")
      let name = isExcluded ? String(word.dropFirst()) : word
      guard let id = platformIDs[name] else {
        guard errors < Self.mostFindings else { return nil }
        let guess = nearest(to: name, among: platformIDs.keys.sorted())
        let help = guess.map { "did you mean `\($0)`?" } ?? "known: \(Set(platformIDs.values).sorted().joined(separator: ", "))"
        report("unknown-platform", "unknown platform `\(name)`", at: range, help: help)
        continue
      }
      if isExcluded { out.excluded.insert(id) } else { only = (only ?? []).union([id]) }
    }
    out.only = only
    return out
  }

  private mutating func platformWords(_ node: YAMLNode) -> [(String, Range<Int>)] {
    var words: [(String, Range<Int>)] = []
    for item in node.list ?? [node] {
      guard let text = item.text, !item.isNull else {
        report("platforms-not-names", "expected names of platforms, not \(item.kindInWords)", at: item.range, help: "write `platforms: [name, name]`")
        continue
      }
      let parts = text.split { $0 == "," || $0 == " " }
      words += parts.map { (String($0), item.range) }
    }
    return words
  }

  private mutating func warnAboutUnknown(_ pair: YAMLPair) {
    let key = pair.keyText
    let known = id.kind.knownKeys
    guard !known.contains(key), platformIDs[key] == nil, let guess = nearest(to: key, among: known + platformIDs.keys.sorted()) else { return }
    let message = "unknown field `\(key)`, kept as it is"
    add(Diagnostic(.warning, "frontmatter/unknown-field", message, at: text.place(pair.key.range), help: "did you mean `\(guess)`?"))
  }

  /// Adds a finding, unless there are so many that the head is garbage.
  ///
  /// Errors are counted by themselves: no number of warnings hides one.
  private mutating func add(_ finding: Diagnostic) {
    if finding.severity == .error { errors += 1 }
    guard (finding.severity == .error ? errors : findings.count - errors) < Self.mostFindings else { return }
    findings.append(finding)
  }

  /// Adds an error.
  mutating func report(_ what: String, _ message: String, at range: Range<Int>, help: String) {
    guard errors < Self.mostFindings else { return }
    add(Diagnostic(.error, "frontmatter/" + what, message, at: text.place(range), help: help))
  }
}

extension FieldValue {
  /// The value of a key of a head: what people mean where YAML reads something else.
  package init(of pair: YAMLPair, in text: SourceText) {
    let node = pair.value
    switch pair.keyText {
    case "argument-hint" where node.text == nil: self = .text(String(decoding: text.bytes[node.range], as: UTF8.self))
    case "description" where !node.isNull: self = node.text.map(FieldValue.text) ?? FieldValue(node)
    default: self = FieldValue(node)
    }
  }

  /// The value of a node, free of how it was spelled.
  package init(_ node: YAMLNode) {
    switch node.content {
    case .sequence(let items): self = .list(items.map { FieldValue($0) })
    case .mapping(let pairs): self = .map(pairs.map { Entry($0.keyText, FieldValue($0.value)) })
    case .scalar(let scalar):
      if scalar.isNull {
        self = .null
      } else if let flag = scalar.bool {
        self = .bool(flag)
      } else {
        self = scalar.isNumber ? .number(scalar.text) : .text(scalar.text)
      }
    }
  }
}
