import ContextModel
import Layout
import Platforms

/// The way back for a whole body: without what aiwg adds to it, and spelled as the canonical tree spells it.
struct BodyReading {
  private(set) var body: [UInt8]
  /// The description, where the text has it in full because the head could not hold it.
  private(set) var description: String?
  /// Fields that the text shows, in words.
  private(set) var shown: [(key: String, words: String)] = []
  /// Fields that a sentence stands for.
  private(set) var restriction: [Field] = []
  /// When a behavior applies.
  private(set) var occasion: [Field] = []

  /// - Parameters:
  ///   - limits: how long fields of such a file may be.
  ///   - keys: those of fields that go into the text.
  init(_ text: OutputText, of delivery: Layout.Delivery, limits: [PlatformLimit], showing keys: [String], spelling: CanonicalSpelling) {
    body = text.body
    if delivery.artifact.id.kind == .behavior { takeOccasion() }
    takeDescription(shortenedTo: text.fields["description"]?.scalarText, limits)
    if !keys.isEmpty, delivery.place.format != .block { takeShown(keys) }
    if delivery.artifact.id.kind == .agent { takeRestriction(delivery.form) }
    let words = delivery.form.arguments.map { takeExplanation($0) } ?? []
    body = spelling.text(for: body, words: words)
  }

  /// The body as it stands, with nothing taken for an addition.
  init(asItStands text: OutputText, spelling: CanonicalSpelling) { body = spelling.text(for: text.body, words: []) }

  /// Takes out the line under the title, or the first one, when it is what is asked for.
  private mutating func takeLine(where isOurs: (String) -> Bool) {
    guard let found = LeadingLine(in: body), isOurs(String(decoding: body[found.line], as: UTF8.self)) else { return }
    body.removeSubrange(found.paragraph)
  }

  private mutating func takeOccasion() {
    guard let found = BehaviorOccasion.find(in: body) else { return }
    occasion = found.occasion.fields
    body.removeSubrange(found.paragraph)
  }

  private mutating func takeDescription(shortenedTo short: String?, _ limits: [PlatformLimit]) {
    let own = limits.filter { $0.limit.field == "description" && $0.limit.keeps == .nothing }
    guard let short, !own.isEmpty else { return }
    var found: String?
    takeLine { line in
      let isFull = own.contains { TextSize(of: line)[$0.limit.unit] > $0.limit.most && shortened(line, to: $0.limit) == short }
      if isFull { found = line }
      return isFull
    }
    description = found
  }

  private mutating func takeShown(_ keys: [String]) {
    var found: [(key: String, words: String)] = []
    takeLine { line in
      found = Self.facts(in: line, keys) ?? []
      return !found.isEmpty
    }
    shown = found
  }

  /// Such as `*severity: HIGH; category: x*`, with the keys in their order; nil for another line.
  private static func facts(in line: String, _ keys: [String]) -> [(key: String, words: String)]? {
    var rest = Substring(line).unicodeScalars
    guard rest.skip("*"), rest.last == "*" else { return nil }
    rest = rest.dropLast()
    guard var key = keys.firstIndex(where: { rest.starts(with: "\($0): ".unicodeScalars) }) else { return nil }
    var out: [(key: String, words: String)] = []
    while rest.skip(keys[key] + ": ") {
      let following = keys.indices.dropFirst(key + 1).compactMap { index in
        rest.firstRange(of: Array("; \(keys[index]): ".unicodeScalars)).map { (index, $0.lowerBound) }
      }
      let next = following.min { $0.1 < $1.1 }
      let words = rest[..<(next?.1 ?? rest.endIndex)]
      out.append((keys[key], String(words)))
      guard let next else { break }
      (key, rest) = (next.0, rest[next.1...].dropFirst(2))
    }
    return out
  }

  /// Takes out the last paragraph when it is what is asked for.
  private mutating func takeParagraph(where isOurs: (String) -> Bool) {
    guard body.last == UInt8(ascii: "\n"), let start = lastParagraph else { return }
    guard isOurs(String(decoding: body[start...].dropLast(), as: UTF8.self)) else { return }
    body.removeSubrange(max(0, start - 1)...)
  }

  /// Where the last paragraph begins: behind the last empty line.
  private var lastParagraph: Int? {
    var index = body.count - 2
    while index > 0 {
      if body[index] == UInt8(ascii: "\n"), body[index - 1] == UInt8(ascii: "\n") { return index + 1 }
      index -= 1
    }
    return body.first == UInt8(ascii: "\n") && body.count > 1 ? 1 : nil
  }

  /// Takes out what a form that has no list of tools says instead.
  private mutating func takeRestriction(_ form: Place.Form) {
    var found: [Field] = []
    takeParagraph { paragraph in
      found = Restriction.fields(saidBy: paragraph) ?? []
      // Where there is a list, nothing is said of it.
      return !found.isEmpty && (form.toolLists.isEmpty || !found.contains { Restriction.toolKeys.contains($0.key) })
    }
    restriction = found
  }

  /// Takes out what says what the words in angle brackets stand for.
  ///
  /// - Returns: the words.
  private mutating func takeExplanation(_ style: ArgumentStyle) -> [String] {
    let lead = style.all == nil ? "The user gives a text with this command. In the text above, " : "In the text above, "
    var words: [String] = []
    takeParagraph { paragraph in
      guard paragraph.hasPrefix(lead), paragraph.hasSuffix(" of it.") else { return false }
      words = paragraph.split(separator: "`").filter { $0.hasPrefix("<argument") && $0.hasSuffix(">") }.map(String.init)
      return !words.isEmpty
    }
    if let all = style.all, !words.isEmpty { takeParagraph { $0 == "The user's text is: " + all } }
    return words
  }
}
