import ContextModel

/// A value as a part of a sentence; nil when it says nothing.
func inWords(_ value: FieldValue) -> String? {
  switch value {
  case .text, .bool, .number: return value.scalarText
  case .null: return nil
  case .list(let values): return values.isEmpty ? nil : values.compactMap { inWords($0) }.joined(separator: ", ")
  case .map(let entries):
    let words = entries.compactMap { entry in inWords(entry.value).map { entry.key + ": " + $0 } }
    return words.isEmpty ? nil : "{ " + words.joined(separator: ", ") + " }"
  }
}

/// The words of a list or a comma-separated text; commas in parentheses do not separate.
func wordList(of value: FieldValue) -> [String] {
  guard case .text(let text) = value else { return value.textList ?? [] }
  var words: [String] = [""]
  var depth = 0
  for character in text {
    depth += character == "(" ? 1 : character == ")" ? -1 : 0
    if character == ",", depth == 0 { words.append("") } else { words[words.count - 1].append(character) }
  }
  return words.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
}
