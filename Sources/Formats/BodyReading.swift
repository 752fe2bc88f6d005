import ContextModel
import Layout
import Platforms

/// The way back for a whole body: without what aiwg adds to it, and spelled as the canonical tree spells it.
struct BodyReading {
  private(set) var body: [UInt8]
  /// The description, where the text has it in full because the head could not hold it.
  private(set) var description: String?

  /// - Parameters:
  ///   - limits: how long fields of such a file may be.
  ///   - shown: keys of fields that go into the text.
  init(_ text: OutputText, of delivery: Layout.Delivery, limits: [PlatformLimit], showing shown: [String], spelling: CanonicalSpelling) {
    body = text.body
    takeDescription(shortenedTo: text.fields["description"]?.scalarText, limits)
    if !shown.isEmpty, delivery.place.format != .block { takeLine { Self.isShown($0, shown) } }
    if delivery.artifact.id.kind == .agent { takeParagraph(where: Self.isRestriction) }
    let words = delivery.form.arguments.map { takeExplanation($0) } ?? []
    for word in words { body = body.replacing(Array(word.utf8), with: Self.argument(word)) }
    body = spelling.text(for: body)
  }

  /// Takes out the line under the title, or the first one, when it is what is asked for.
  private mutating func takeLine(where isOurs: (String) -> Bool) {
    let isLineEnd: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    guard let first = body.firstIndex(where: { !isLineEnd($0) }) else { return }
    let hasTitle = body[first...].starts(with: "# ".utf8)
    guard hasTitle else {
      let end = body[first...].firstIndex(of: UInt8(ascii: "\n")) ?? body.count
      guard isOurs(String(decoding: body[first..<end], as: UTF8.self)) else { return }
      // An empty line came with it.
      body.removeSubrange(first..<min(body.count, end + 2))
      return
    }
    guard let titleEnd = body[first...].firstIndex(of: UInt8(ascii: "\n")), titleEnd + 1 < body.count, isLineEnd(body[titleEnd + 1]) else { return }
    let start = titleEnd + 2
    let end = body[start...].firstIndex(of: UInt8(ascii: "\n")) ?? body.count
    guard isOurs(String(decoding: body[start..<end], as: UTF8.self)) else { return }
    body.removeSubrange(titleEnd + 1..<min(body.count, end + 1))
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

  private static func isShown(_ line: String, _ keys: [String]) -> Bool {
    guard line.hasPrefix("*"), line.hasSuffix("*"), line.count > 2 else { return false }
    return line.dropFirst().dropLast().split(separator: "; ").allSatisfy { part in keys.contains { part.hasPrefix($0 + ": ") } }
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

  /// What a form that has no list of tools says instead.
  private static func isRestriction(_ paragraph: String) -> Bool {
    let changes = "Change no files."
    if paragraph == changes { return true }
    let tools = paragraph.hasSuffix(" " + changes) ? String(paragraph.dropLast(changes.count + 1)) : paragraph
    if tools == "Use no tools." { return true }
    let lead = "Use no tools but these: "
    guard tools.hasPrefix(lead + "`"), tools.hasSuffix("`.") else { return false }
    return tools.dropFirst(lead.count).dropLast().split(separator: ", ").allSatisfy { $0.count > 2 && $0.first == "`" && $0.last == "`" }
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

  private static func argument(_ word: String) -> [UInt8] {
    Array((word == "<arguments>" ? "$ARGUMENTS" : "$" + word.filter(\.isNumber)).utf8)
  }
}
