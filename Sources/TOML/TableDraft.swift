/// A table that is being filled; it knows how it came about, which says what may be added to it.
final class TableDraft {
  enum Origin {
    /// Named on the way by a longer header.
    case implied
    /// The root, or by a header of its own.
    case headed
    /// By dotted keys, or between braces.
    case dotted
  }

  /// What a key has.
  private enum Entry {
    case value(TOMLNode)
    case table(TableDraft)
    case tables(ListDraft)
  }

  private(set) var origin: Origin
  /// Where its own header is.
  private var header: Range<Int>?
  private var entries: [(key: TOMLKey, entry: Entry)] = []
  /// By the bytes of the key, since Swift takes two spellings of a letter for one text.
  private var numbers: [[UInt8]: Int] = [:]

  init(_ origin: Origin, header: Range<Int>? = nil) {
    self.origin = origin
    self.header = header
  }

  private func entry(_ key: TOMLKey) -> (key: TOMLKey, entry: Entry)? { numbers[Array(key.text.utf8)].map { entries[$0] } }

  private func add(_ key: TOMLKey, _ entry: Entry) {
    numbers[Array(key.text.utf8)] = entries.count
    entries.append((key, entry))
  }

  /// Adds a value under a key that is free.
  func add(_ key: TOMLKey, _ value: TOMLNode) throws(Refusal) {
    if let first = entry(key)?.key { throw Refusal(.keyTwice, key, first) }
    add(key, .value(value))
  }

  /// The table on the way of a header, made if there is none; of a list of tables, the last one.
  func entered(_ key: TOMLKey) throws(Refusal) -> TableDraft {
    guard let (first, entry) = entry(key) else { return made(.implied, key) }
    switch entry {
    case .value(let value): throw Refusal(.complete(value), key, first)
    case .table(let table): return table
    case .tables(let list): return list.last
    }
  }

  /// The table on the way of a dotted key, made if there is none.
  func dotted(_ key: TOMLKey) throws(Refusal) -> TableDraft {
    guard let (first, entry) = entry(key) else { return made(.dotted, key) }
    switch entry {
    case .value(let value): throw Refusal(.complete(value), key, first)
    case .tables: throw Refusal(.hasHeader, key, first)
    case .table(let table):
      guard table.origin != .headed else { throw Refusal(.hasHeader, key, first) }
      table.origin = .dotted
      return table
    }
  }

  /// The table of the last part of a header.
  func headed(_ key: TOMLKey, at range: Range<Int>) throws(Refusal) -> TableDraft {
    guard let (first, entry) = entry(key) else { return made(.headed, key, header: range) }
    switch entry {
    case .value(let value): throw Refusal(value.table == nil ? .complete(value) : .tableTwice, key, first)
    case .tables: throw Refusal(.isList, key, first)
    case .table(let table):
      guard table.origin == .implied else { throw Refusal(.tableTwice, key, table.header ?? first.range) }
      (table.origin, table.header) = (.headed, range)
      return table
    }
  }

  /// A new table at the end of a list of tables.
  func appended(_ key: TOMLKey, at range: Range<Int>) throws(Refusal) -> TableDraft {
    let table = TableDraft(.headed, header: range)
    guard let (first, entry) = entry(key) else {
      add(key, .tables(ListDraft(table)))
      return table
    }
    switch entry {
    case .value(let value): throw Refusal(.complete(value), key, first)
    case .table: throw Refusal(.isNoList, key, first)
    case .tables(let list): list.tables.append(table)
    }
    return table
  }

  private func made(_ origin: Origin, _ key: TOMLKey, header: Range<Int>? = nil) -> TableDraft {
    let table = TableDraft(origin, header: header)
    add(key, .table(table))
    return table
  }

  /// The table as a value.
  var frozen: TOMLTable { TOMLTable(entries.map { TOMLPair(key: $0.key, value: Self.node($0.entry, of: $0.key)) }) }

  private static func node(_ entry: Entry, of key: TOMLKey) -> TOMLNode {
    switch entry {
    case .value(let value): return value
    case .table(let table): return table.node(of: key)
    case .tables(let list):
      let items = list.tables.map { $0.node(of: key) }
      return TOMLNode(.array(items), range: items.dropFirst().reduce(items[0].range) { $0.joined(with: $1.range) })
    }
  }

  private func node(of key: TOMLKey) -> TOMLNode {
    let table = frozen
    let parts = (header.map { [$0] } ?? []) + table.pairs.map(\.range)
    let range = parts.dropFirst().reduce(parts.first ?? key.range) { $0.joined(with: $1) }
    return TOMLNode(.table(table), range: range)
  }
}

/// The tables of one `[[name]]`, one at least.
final class ListDraft {
  var tables: [TableDraft]

  init(_ first: TableDraft) { tables = [first] }

  var last: TableDraft { tables[tables.count - 1] }
}
