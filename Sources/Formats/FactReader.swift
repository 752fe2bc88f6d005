import ContextModel

/// Takes a line apart from left to right, by scalars: an accent that begins a value would else be one letter with the quote before it.
struct FactReader {
  /// What stands around the entries of a map.
  private static let (mapOpen, mapClose) = (Unicode.Scalar("{"), Unicode.Scalar("}"))

  private let characters: [Unicode.Scalar]
  private var position = 0

  init(_ characters: some Sequence<Unicode.Scalar>) {
    self.characters = Array(characters)
  }

  var isAtEnd: Bool { position == characters.count }

  mutating func skip(_ text: String) -> Bool {
    guard characters[position...].starts(with: text.unicodeScalars) else { return false }
    position += text.unicodeScalars.count
    return true
  }

  mutating func key() -> String? {
    if let text = quotedText() { return skip(": ") ? text : nil }
    let end = characters[position...].firstIndex(of: ":") ?? position
    let text = self.text(position..<end)
    position = end
    return !text.isEmpty && skip(": ") ? text : nil
  }

  mutating func value(endingWith ends: Set<Unicode.Scalar>) -> FieldValue? {
    if skip("[") { return list() }
    if skip(String(Self.mapOpen)) { return map() }
    if let text = quotedText() { return .text(text) }
    let end = characters[position...].firstIndex { ends.contains($0) } ?? characters.count
    let text = self.text(position..<end)
    position = end
    return text.isEmpty ? nil : Facts.plainValue(text)
  }

  private mutating func list() -> FieldValue? {
    var values: [FieldValue] = []
    if skip("]") { return .list([]) }
    repeat {
      guard let value = value(endingWith: [",", "]"]) else { return nil }
      values.append(value)
    } while skip(", ")
    return skip("]") ? .list(values) : nil
  }

  private mutating func map() -> FieldValue? {
    var entries: [FieldValue.Entry] = []
    if skip(String(Self.mapClose)) { return .map([]) }
    repeat {
      guard let key = key(), let value = value(endingWith: [",", Self.mapClose]) else { return nil }
      entries.append(.init(key, value))
    } while skip(", ")
    return skip(String(Self.mapClose)) ? .map(entries) : nil
  }

  private mutating func quotedText() -> String? {
    guard position < characters.count, characters[position] == "\"" else { return nil }
    var out = String.UnicodeScalarView()
    position += 1
    while position < characters.count, characters[position] != "\"" {
      let character = characters[position]
      position += 1
      guard let next = character == "\\" ? escaped() : character else { return nil }
      out.append(next)
    }
    guard position < characters.count else { return nil }
    position += 1
    return String(out)
  }

  private func text(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(characters[range])) }

  /// What a backslash and what follows it stand for.
  private mutating func escaped() -> Unicode.Scalar? {
    guard position < characters.count else { return nil }
    let mark = characters[position]
    position += 1
    guard mark == "u" else { return mark == "n" ? "\n" : mark }
    guard position < characters.count, let close = characters[position...].firstIndex(of: Self.mapClose) else { return nil }
    let code = position < close ? UInt32(text(position + 1..<close), radix: 16) : nil
    position = close + 1
    return code.flatMap { Unicode.Scalar($0) }
  }
}
