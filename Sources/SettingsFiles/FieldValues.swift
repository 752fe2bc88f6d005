package import ContextModel

extension FieldValue {
  /// The value that some keys lead to.
  func value(at path: some Collection<String>) -> FieldValue? {
    guard let key = path.first else { return self }
    return self[key]?.value(at: path.dropFirst())
  }

  /// The value of a key; nil when this is no map or has no such key.
  package subscript(key: String) -> FieldValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key.isSame(as: key) }?.value
  }

  /// Whether it is a list or a map with nothing in it.
  var isEmptyContainer: Bool { self == .list([]) || self == .map([]) }

  /// Whether both say the same: keys in any order, and numbers in any spelling.
  package func isSame(as other: FieldValue) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)): return left.isSame(as: right)
    case (.number(let left), .number(let right)): return left == right || left.isSameNumber(as: right)
    case (.bool(let left), .bool(let right)): return left == right
    case (.null, .null): return true
    case (.list(let left), .list(let right)): return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.map(let left), .map(let right)):
      return left.count == right.count && left.allSatisfy { entry in other[entry.key].map { entry.value.isSame(as: $0) } ?? false }
    default: return false
    }
  }

  /// With the value at a path changed; nil takes it out.
  func changing(at path: ArraySlice<String>, _ change: (FieldValue?) -> FieldValue?) -> FieldValue {
    guard let key = path.first else { return change(self) ?? .null }
    // What has no value becomes a map where one is needed.
    var entries: [Entry] = []
    if case .map(let own) = self { entries = own }
    let index = entries.firstIndex { $0.key.isSame(as: key) }
    let rest = path.dropFirst()
    let old = index.map { entries[$0].value }
    let new = rest.isEmpty ? change(old) : (old ?? .map([])).changing(at: rest, change)
    switch (index, new) {
    case (let index?, let new?): entries[index].value = new
    case (let index?, nil): entries.remove(at: index)
    case (nil, let new?): entries.append(Entry(key, new))
    case (nil, nil): break
    }
    return .map(entries)
  }

  /// What it is, for sentences such as "is a text, not a map".
  var kindInWords: String {
    switch self {
    case .text: "a text"
    case .number: "a number"
    case .bool: "true or false"
    case .null: "null"
    case .list: "a list"
    case .map: "a map"
    }
  }

  /// Whether it has no parts.
  var isScalar: Bool {
    switch self {
    case .list, .map: false
    default: true
    }
  }
}

extension String {
  /// Whether the bytes are the same: Swift takes two spellings of a letter for one text, and no file does.
  func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  fileprivate func isSameNumber(as other: String) -> Bool {
    // Of whole numbers, a double cannot hold all digits.
    guard !isWhole || !other.isWhole, let left = Double(self), let right = Double(other) else { return false }
    return left == right
  }

  private var isWhole: Bool { utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") } }
}

extension [String] {
  /// Whether both are the same keys.
  func isSame(as other: [String]) -> Bool { count == other.count && zip(self, other).allSatisfy { $0.isSame(as: $1) } }

  /// As a person writes it in a sentence.
  var shown: String { isEmpty ? "the file" : "`\(joined(separator: "."))`" }
}
