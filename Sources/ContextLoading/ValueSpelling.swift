internal import ContextModel

/// A value as it can be written.
struct ValueSpelling {
  /// In the line of its dash or colon.
  var inline: String
  /// Whole lines below that.
  var lines: String = ""
}

/// Writes values anew, in each way that may do, the best one first.
struct ValueSpeller {
  let newline: String
  /// Whether it is for a place between brackets.
  let isFlow: Bool
  /// What texts are written in where that can be.
  var style: ScalarStyle?
  /// Whether lists go to lines of their own.
  var hasListLines = false
  /// How far lines below are indented.
  var step = 2

  /// - Parameter column: that of the key or dash.
  func spellings(of value: FieldValue, column: Int, isItem: Bool = false) -> [ValueSpelling] {
    let lines: ValueSpelling?
    switch value {
    case .text(let text): lines = style == .double ? nil : literal(text, column: column)
    case .list(let items): lines = hasListLines ? block(items.map { NewElement(key: nil, value: $0) }, column: column + step) : nil
    case .map(let entries): lines = isItem ? nil : block(entries.map { NewElement(key: $0.key, value: $0.value) }, column: column + step)
    case .bool, .number, .null: lines = nil
    }
    return (isFlow ? [] : lines.map { [$0] } ?? []) + inline(value).map { ValueSpelling(inline: $0) }
  }

  /// A key with its value, or an item, as lines of its own.
  func lines(of new: NewElement, column: Int) -> [String] {
    let margin = String(repeating: " ", count: column)
    return spellings(of: new.value, column: column, isItem: new.key == nil).map { spelling in
      margin + (new.key.map { spelled(key: $0) + ":" } ?? "-") + (spelling.inline.isEmpty ? "" : " " + spelling.inline) + newline + spelling.lines
    }
  }

  /// A key with its value, or an item, between brackets.
  func inline(of new: NewElement) -> [String] {
    inline(new.value).map { (new.key.map { spelled(key: $0) + ": " } ?? "") + $0 }
  }

  private func block(_ elements: [NewElement], column: Int) -> ValueSpelling? {
    let inner = ValueSpeller(newline: newline, isFlow: false, style: style)
    let lines = elements.compactMap { inner.lines(of: $0, column: column).first }
    return elements.isEmpty ? nil : ValueSpelling(inline: "", lines: lines.joined())
  }

  private func inline(_ value: FieldValue) -> [String] {
    switch value {
    case .text(let text): return quoted(text)
    case .bool(let flag): return [flag ? "true" : "false"]
    case .number(let text): return [text]
    case .null: return ["null"]
    case .list(let items): return ["[" + items.map(inner).joined(separator: ", ") + "]"]
    case .map(let entries): return ["{" + entries.map { spelled(key: $0.key) + ": " + inner($0.value) }.joined(separator: ", ") + "}"]
    }
  }

  private func inner(_ value: FieldValue) -> String { ValueSpeller(newline: newline, isFlow: true, style: style).inline(value).first ?? "" }

  private func spelled(key: String) -> String { key.canBePlain(isFlow: true) ? key : "\"" + key.doubleEscaped + "\"" }

  /// A text on one line.
  private func quoted(_ text: String) -> [String] {
    let double = "\"" + text.doubleEscaped + "\""
    let single = text.unicodeScalars.contains { $0.needsEscape || $0 == "\n" } ? nil : "'" + text.singleEscaped + "'"
    if style == .double { return [double] }
    if style == .single, let single { return [single, double] }
    if text.canBePlain(isFlow: isFlow) { return [text, double] }
    // Whichever needs no escape; a tab is not seen without one.
    return double.utf8.count == text.utf8.count + 2 || text.utf8.contains(0x09) ? [double] : [single ?? double, double]
  }

  /// A text of several lines as they are; nil when it is none, or has what must be escaped.
  private func literal(_ text: String, column: Int) -> ValueSpelling? {
    let scalars = text.unicodeScalars
    guard scalars.contains("\n"), !scalars.contains(where: \.needsEscape) else { return nil }
    var lines = scalars.split(separator: "\n", omittingEmptySubsequences: false).map { String(String.UnicodeScalarView($0)) }
    let last = lines.lastIndex { !$0.isEmpty }
    let breaks = lines.count - 1 - (last ?? 0)
    if breaks > 0 { lines.removeLast() }
    guard let last, let first = lines.first(where: { !$0.isEmpty }), last >= 0 else { return nil }
    let isIndented = first.utf8.first?.isBlank ?? false
    let sign = "|" + (isIndented ? "\(step)" : "") + (breaks == 0 ? "-" : breaks == 1 ? "" : "+")
    let margin = String(repeating: " ", count: column + step)
    return ValueSpelling(inline: sign, lines: lines.map { ($0.isEmpty ? "" : margin + $0) + newline }.joined())
  }
}
