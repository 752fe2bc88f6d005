import ContextLoading
import ContextModel
import Diagnostics
import TestSupport
import Testing
import YAML

/// What the loader reads of a head: fields, and platforms' own; nil when it refuses the file.
struct ReadHead: Equatable {
  /// As bytes, as `==` for texts does not tell all spellings apart.
  var values: [[String]: [UInt8]] = [:]
  var order: [[String]] = []
  var body: [UInt8]
  private var fields: [[String]: FieldValue] = [:]

  static func == (left: ReadHead, right: ReadHead) -> Bool { left.values == right.values && left.order == right.order && left.body == right.body }

  init?(_ bytes: [UInt8], of id: ArtifactID = ArtifactID(kind: .command, name: "a")) {
    let path = "\(id.kind.folder)/\(id.name)" + (id.kind == .skill ? "/SKILL.md" : ".md")
    guard let artifact = Loading.bytes(path, bytes).artifacts.first else { return nil }
    body = artifact.body.bytes
    let own = artifact.overrides.sorted { $0.key < $1.key }.flatMap { id, fields in fields.map { ([id, $0.key], $0.value) } }
    for (path, value) in artifact.fields.map({ ([$0.key], $0.value) }) + own {
      values[path] = Self.bytes(value)
      fields[path] = value
      order.append(path)
    }
  }

  func value(at path: [String]) -> FieldValue? { fields[path] }

  private static func bytes(_ value: FieldValue) -> [UInt8] { Array(String(describing: value).utf8) }

  /// What it is to be after a change.
  mutating func make(_ change: HeadChange) {
    if change.value == nil { order.removeAll { $0 == change.path } } else if values[change.path] == nil { order.append(change.path) }
    values[change.path] = change.value.map(Self.bytes)
    // Nothing at all becomes the platform's map.
    if change.path.count == 2, values.removeValue(forKey: [change.path[0]]) != nil { order.removeAll { $0 == [change.path[0]] } }
    // Platforms come last here, each with its keys in order.
    order = order.filter { $0.count == 1 } + order.filter { $0.count == 2 }.sorted { $0[0] < $1[0] }
  }
}

/// Values with all that is hard to write.
struct RandomValues {
  var random: SeededGenerator

  mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
  mutating func chance(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &random) == 0 }

  mutating func text() -> String {
    let words = [
      "one", "two", "three", "it's", "\"so\"", "a: b", "#c", " #d", "- e", "é", "e\u{301}", "日本", "true", "no", "12", "1.5", "~", "null", "[x]",
      "{y}",
      "*", "&z", "!t", "%", "@m", "`c`", "\\", "\\n", ":", "?", "|", ">", "---", "<x>", "**/*.ts", "https://a.b/c", ",", "=",
    ]
    let rare = ["\n", "\n\n", "  ", "\t", "\u{7}", "\u{85}", "\u{2028}", "\u{FEFF}", "\r\n", "\n  "]
    var text = ""
    for _ in 0..<Int.random(in: 0...6, using: &random) { text += (text.isEmpty || chance(5) ? "" : " ") + (chance(12) ? pick(rare) : pick(words)) }
    return text
  }

  mutating func value(depth: Int = 0) -> FieldValue {
    switch Int.random(in: 0..<(depth < 2 ? 10 : 7), using: &random) {
    case 0: return .bool(Bool.random(using: &random))
    case 1: return .number(pick(["0", "12", "1.10", "-1e3", "0x1F", ".inf"]))
    case 2: return .null
    case 7, 8: return .list((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth + 1) })
    case 9: return .map(["a", "b-c", "x y", "on", "é: "].filter { _ in chance(2) }.map { FieldValue.Entry($0, value(depth: depth + 1)) })
    default: return .text(text())
    }
  }

  /// A value that has much in common with another.
  mutating func value(like old: FieldValue) -> FieldValue {
    switch old {
    case .text(let text):
      var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      words[Int.random(in: 0..<words.count, using: &random)] = chance(3) ? self.text() : pick(["", "new", "x y", "é"])
      return .text(words.joined(separator: " "))
    case .list(var items):
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0...items.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: items.insert(value(depth: 1), at: index)
        case 1: if index < items.count { items.remove(at: index) }
        default: if index < items.count { items[index] = value(like: items[index]) }
        }
      }
      return .list(items)
    case .map(var entries):
      for index in entries.indices where chance(2) { entries[index].value = value(like: entries[index].value) }
      if chance(3), !entries.isEmpty { entries.removeLast() }
      if chance(3), !entries.contains(where: { $0.key == "new" }) {
        entries.insert(FieldValue.Entry("new", value(depth: 1)), at: Int.random(in: 0...entries.count, using: &random))
      }
      return .map(entries)
    case .bool, .number, .null: return value()
    }
  }
}

extension RandomValues {
  /// What an editor would make of a value.
  fileprivate mutating func realistic(_ old: FieldValue) -> FieldValue {
    switch old {
    case .text(let text):
      var words = text.split(separator: " ").map(String.init)
      if !words.isEmpty { words[Int.random(in: 0..<words.count, using: &random)] = pick(["changed", "it's", "so:"]) }
      return .text(words.joined(separator: " "))
    case .list(let items): return .list(items.dropFirst() + [.text("Added")])
    case .bool(let flag): return .bool(!flag)
    case .map, .number, .null: return old
    }
  }
}

/// A head in many styles, with the lines of each key.
private struct RandomHead {
  var values: RandomValues
  /// The lines of each, and where the empty ones behind them end.
  var keys: [(name: String, lines: Range<Int>, end: Int)] = []
  var bytes: [UInt8] = []
  let newline: String

  init(_ random: SeededGenerator) {
    values = RandomValues(random: random)
    newline = values.pick(["\n", "\n", "\r\n"])
    if values.chance(6) { bytes += [0xEF, 0xBB, 0xBF] }
    add("---\n")
    for name in ["description", "one", "argument-hint", "two", "'three'", "alpha", "four", "beta", "five"]
    where name == "description" || !values.chance(3) {
      if values.chance(4) { add("# above\n") }
      let start = bytes.count
      let comment = values.chance(2) ? "" : " # beside \(name)"
      add(entry(name, comment))
      let end = bytes.count
      if values.chance(6) { add("\n") }
      keys.append((name.filter { $0 != "'" }, start..<end, bytes.count))
    }
    if values.chance(3) { add("# last\n") }
    add(values.chance(4) ? "---" : "---\nbody\n\n---\nmore")
  }

  private mutating func add(_ text: String) { bytes += text.replacing("\n", with: newline).utf8 }

  private mutating func entry(_ name: String, _ comment: String) -> String {
    switch name {
    case "alpha", "beta":
      let inner = ["description", "x", "y y", "z"].filter { _ in values.chance(2) }
      if inner.isEmpty || values.chance(3) { return "\(name): {\(inner.map { "\($0): \(flow())" }.joined(separator: ", "))}\(comment)\n" }
      let margin = values.pick(["  ", "    ", " "])
      return "\(name):\(comment)\n"
        + inner.map { margin + entry($0, values.chance(2) ? "" : " # inner").replacing("\n ", with: "\n  " + margin) }.joined()
    case "description", "argument-hint": return "\(name):" + text(comment)
    default:
      switch Int.random(in: 0..<4, using: &values.random) {
      case 0: return "\(name): " + list() + comment + "\n"
      case 1 where name.first != "x" && name.first != "y" && name.first != "z": return "\(name):\(comment)\n" + block()
      default: return "\(name):" + text(comment)
      }
    }
  }

  private mutating func flow() -> String { values.pick(["a", "'it''s'", "\"q \\\" \\u00e9\"", "12", "true", "null", "é x", "[a, [b]]", "{c: d}"]) }

  private mutating func list() -> String {
    let items = (0..<Int.random(in: 0...4, using: &values.random)).map { _ in flow() }
    return values.pick(["[\(items.joined(separator: ", "))]", "[ \(items.joined(separator: " , ")) ]", "[\(items.joined(separator: ",\n    "))]"])
  }

  private mutating func block() -> String {
    let margin = values.pick(["", "  ", "    "])
    return (0..<Int.random(in: 1...4, using: &values.random)).map { _ in
      let item = values.pick([
        " a", " 'it''s' # item", " \"q\"", "", " [a, b]", " k: v\n\(margin)  l: [w]", " - a\n\(margin)  - b",
        " |\n\(margin)   lit\n\n\(margin)   eral",
      ])
      return (values.chance(4) ? margin + "# in a list\n" : "") + margin + "-" + item + "\n"
    }.joined()
  }

  private mutating func text(_ comment: String) -> String {
    values.pick([
      " plain words here\(comment)\n", " plain words\n  on more lines\n\n  after one\n", "\n    plain below\(comment)\n",
      " 'it''s # quoted'\(comment)\n",
      " 'quoted\n  on two\n\n  or more'\(comment)\n", " \"double \\\"quoted\\\" \\u00e9 \\x41 é\"\(comment)\n",
      " \"on \\\n  three\n  lines\\n\\\n  \\ x\"\(comment)\n",
      " |\(comment)\n  literal\n    lines\n\n  and more\n", " >\(comment)\n  folded words\n  on two lines\n\n  and more\n",
      " |-\(comment)\n    stripped\n    text\n",
      " >+\(comment)\n  kept\n\n", " |2\(comment)\n   lead\n  in\n", " true\(comment)\n", " 1.10\(comment)\n",
    ])
  }
}

@Suite struct HeadEditingLawTests {
  private static let rounds = 100

  @Test(arguments: [UInt64](0..<8))
  func everyChangeIsReadAndNothingElseMoves(seed: UInt64) throws {
    var done = 0
    for round in 0..<Self.rounds {
      var head = RandomHead(SeededGenerator(seed: seed << 32 + UInt64(round)))
      guard let before = ReadHead(head.bytes) else { continue }
      let changes = changes(of: before, &head.values)
      let name: Testing.Comment = "seed \(seed) round \(round): \(changes) in\n\(String(decoding: head.bytes, as: UTF8.self))"
      let source = SourceText(path: "x", bytes: head.bytes)
      let edits = try #require(headEdits(of: source, making: changes), name)
      let bytes = edits.applied(to: head.bytes)
      let after: Testing.Comment = "\(name)\nis now\n\(String(decoding: bytes, as: UTF8.self))"
      var wanted = before
      for change in changes { wanted.make(change) }
      #expect(ReadHead(bytes) == wanted, after)
      done += 1

      let keys = Set(changes.map { $0.path[0] })
      // What goes may have to take an empty line with it, which would belong to the text above.
      let allowed = head.keys.filter { keys.contains($0.name) }.map { $0.lines.lowerBound..<$0.end }
      let end = head.keys.last?.lines.upperBound ?? 0
      for edit in edits {
        let isNew = edit.range.isEmpty && edit.range.lowerBound >= end
        let touched = allowed.filter { $0.overlaps(edit.range) || $0.contains(edit.range.lowerBound) || $0.upperBound == edit.range.lowerBound }
        let isInside = edit.range.allSatisfy { byte in touched.contains { $0.contains(byte) } }
        #expect(isNew || !touched.isEmpty && isInside, after)
      }
      let isCommentLost = head.keys.contains { key in
        let comment = Array("# beside \(key.name)".utf8)
        let line = head.bytes[key.lines].prefix { $0 != 0x0A }
        return !changes.contains { $0.path[0] == key.name && $0.value == nil } && line.contains(comment) && !bytes.contains(comment)
      }
      #expect(!isCommentLost, after)
      #expect(headEdits(of: SourceText(path: "x", bytes: bytes), making: changes) == [], after)
    }
    #expect(done > Self.rounds / 2)
  }

  /// One to three keys, in ways that the loader still takes for a command.
  private func changes(of head: ReadHead, _ values: inout RandomValues) -> [HeadChange] {
    var changes: [String: HeadChange] = [:]
    for _ in 0..<Int.random(in: 1...3, using: &values.random) {
      let path = values.pick([
        ["description"], ["argument-hint"], ["one"], ["two"], ["three"], ["five"], ["new"], ["alpha", "x"], ["alpha", "y y"],
        ["beta", "description"], ["beta", "new"],
      ])
      var value: FieldValue? = values.chance(3) ? values.value() : values.value(like: head.value(at: path) ?? values.value())
      if path.last == "description" { value = .text(values.text() + "x") }
      if path.last == "argument-hint" { value = .text(values.text()) }
      if path != ["description"], values.chance(5) { value = nil }
      changes[path[0]] = HeadChange(path: path, value: value)
    }
    return changes.values.sorted { $0.path[0] < $1.path[0] }
  }

  /// Each head of real files: one word of each text, one item of each list, a key that is new and one that goes.
  @Test(.enabled(if: CorpusTests.tree != nil, "the corpus is not there"))
  func realHeadsBecomeWhatIsWanted() throws {
    var values = RandomValues(random: SeededGenerator(seed: 1))
    var (files, count, touched) = (0, 0, 0)
    for artifact in Loading(try #require(CorpusTests.tree)).artifacts {
      files += 1
      let before = try #require(ReadHead(artifact.text.bytes, of: artifact.id))
      var changes = artifact.fields.map { HeadChange(path: [$0.key], value: values.realistic($0.value)) }
      if let last = artifact.fields.last, last.key != "description" { changes.append(HeadChange(path: [last.key], value: nil)) }
      changes.append(HeadChange(path: ["alpha", "model"], value: .text("small")))
      for change in changes where change.path != ["name"] {
        let name: Testing.Comment = "\(artifact.text.path): \(change)"
        let old = artifact.text.bytes
        let edits = try #require(headEdits(of: artifact.text, making: [change]), name)
        let new = edits.applied(to: old)
        var wanted = before
        wanted.make(change)
        #expect(ReadHead(new, of: artifact.id) == wanted, name)
        count += 1
        touched += edits.reduce(0) { $0 + $1.range.count + $1.replacement.count }
      }
    }
    print("corpus: \(count) changes of \(files) heads, \(touched) bytes in edits")
  }

  @Test(arguments: [UInt64](0..<2))
  func damagedHeadsDoNoHarm(seed: UInt64) {
    for round in 0..<400 {
      var head = RandomHead(SeededGenerator(seed: (seed + 100) << 32 + UInt64(round)))
      for _ in 0..<Int.random(in: 1...6, using: &head.values.random) {
        let index = Int.random(in: 0..<head.bytes.count, using: &head.values.random)
        switch Int.random(in: 0..<3, using: &head.values.random) {
        case 0: head.bytes[index] = head.values.pick(Array("-:[]{}#'\"|>\\\n\r\t ,?&*!".utf8) + [0, 0xFF, 0xC3])
        case 1: head.bytes.remove(at: index)
        default: head.bytes.insert(head.values.pick(Array("-:[]{}#'\"|>\\\n\r\t ,?~".utf8)), at: index)
        }
      }
      guard var wanted = ReadHead(head.bytes) else { continue }
      let changes = changes(of: wanted, &head.values)
      guard let edits = headEdits(of: SourceText(path: "x", bytes: head.bytes), making: changes) else { continue }
      let bytes = edits.applied(to: head.bytes)
      for change in changes { wanted.make(change) }
      #expect(
        ReadHead(bytes) == wanted,
        "seed \(seed) round \(round): \(changes) in\n\(String(decoding: head.bytes, as: UTF8.self))\nis now\n\(String(decoding: bytes, as: UTF8.self))"
      )
    }
  }
}
