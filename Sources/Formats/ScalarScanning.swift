/// Reading by scalars: an accent that begins a text is one letter with the mark before it, and is not to be taken for it.
extension Substring.UnicodeScalarView {
  /// Takes a text off the start, and says whether it was there.
  mutating func skip(_ text: String) -> Bool {
    guard starts(with: text.unicodeScalars) else { return false }
    self = dropFirst(text.unicodeScalars.count)
    return true
  }

  /// Takes off what stands before the next backtick, and that too; nil without one.
  mutating func skipToBacktick() -> String? {
    guard let end = firstIndex(of: "`") else { return nil }
    let text = String(self[..<end])
    self = self[index(after: end)...]
    return text
  }
}
