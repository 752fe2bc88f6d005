internal import Diagnostics

/// Why a table cannot take what a line wants to put into it.
struct Refusal: Error {
  enum Reason {
    case keyTwice
    case tableTwice
    /// A value that is written out as a whole.
    case complete(TOMLNode)
    /// A dotted key leads into a table that has a header elsewhere.
    case hasHeader
    case isList
    case isNoList
  }

  private let reason: Reason
  private let key: TOMLKey
  private let first: Range<Int>

  init(_ reason: Reason, _ key: TOMLKey, _ first: TOMLKey) {
    self.init(reason, key, first.range)
  }

  init(_ reason: Reason, _ key: TOMLKey, _ first: Range<Int>) {
    (self.reason, self.key, self.first) = (reason, key, first)
  }

  func diagnostic(in source: SourceText) -> Diagnostic {
    let (id, message, help) = words
    let note = "first given at line \(source.place(first).line ?? 1)"
    return Diagnostic(.error, "toml/" + id, message, at: source.place(key.range), notes: [note], help: help)
  }

  private var words: (id: String, message: String, help: String) {
    let name = key.text
    return switch reason {
    case .keyTwice: ("duplicate-key", "key `\(name)` is given twice", "keep one of the two")
    case .tableTwice: ("duplicate-table", "table `\(name)` is given twice", "put all its keys in one place")
    case .hasHeader:
      ("duplicate-table", "table `\(name)` has a header of its own, and a dotted key cannot add to it", "put the key under that header")
    case .isList: ("not-a-table", "`\(name)` is a list of tables", "write `[[…]]` to add a table to it")
    case .isNoList: ("not-a-list", "`\(name)` is one table, not a list of tables", "write `[[…]]` both times, or rename one of the two")
    case .complete(let value): complete(value, name)
    }
  }

  private func complete(_ value: TOMLNode, _ name: String) -> (id: String, message: String, help: String) {
    switch value.content {
    case .table: ("not-a-table", "the inline table `\(name)` is complete, and nothing can be added to it", "write the key between its braces")
    case .array: ("not-a-table", "the list `\(name)` is complete, and nothing can be added to it", "write the item between its brackets")
    default: ("not-a-table", "`\(name)` is \(value.kindInWords), not a table", "rename one of the two")
    }
  }
}
