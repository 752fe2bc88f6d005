internal import ContextModel

extension FieldValue {
  /// The value at a place; nil when there is none.
  func at(_ place: [Int]) -> FieldValue? {
    place.reduce(self) { value, index in
      switch value {
      case .list(let items)?: items.indices.contains(index) ? items[index] : nil
      case .map(let entries)?: entries.indices.contains(index) ? entries[index].value : nil
      default: nil
      }
    }
  }

  /// This value with a change at a place.
  func changing(at place: ArraySlice<Int>, _ change: (FieldValue) -> FieldValue) -> FieldValue {
    guard let index = place.first else { return change(self) }
    switch self {
    case .list(var items):
      items[index] = items[index].changing(at: place.dropFirst(), change)
      return .list(items)
    case .map(var entries):
      entries[index].value = entries[index].value.changing(at: place.dropFirst(), change)
      return .map(entries)
    case .text, .bool, .number, .null: return self
    }
  }

  func inserting(_ new: NewElement, at index: Int) -> FieldValue {
    switch self {
    case .list(var items):
      items.insert(new.value, at: index)
      return .list(items)
    case .map(var entries):
      entries.insert(Entry(new.key ?? "", new.value), at: index)
      return .map(entries)
    case .text, .bool, .number, .null: return self
    }
  }

  func removing(at index: Int) -> FieldValue {
    switch self {
    case .list(var items):
      items.remove(at: index)
      return .list(items)
    case .map(var entries):
      entries.remove(at: index)
      return .map(entries)
    case .text, .bool, .number, .null: return self
    }
  }

  var isEmptyCollection: Bool { self == .list([]) || self == .map([]) }

  /// Whether two values are the same to the byte; `==` does not tell the spellings of one letter in Unicode apart.
  func isSame(as other: FieldValue) -> Bool {
    switch (self, other) {
    case (.text(let text), .text(let other)), (.number(let text), .number(let other)): text.utf8.elementsEqual(other.utf8)
    case (.list(let items), .list(let others)): items.elementsEqual(others) { $0.isSame(as: $1) }
    case (.map(let entries), .map(let others)):
      entries.elementsEqual(others) { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value.isSame(as: $1.value) }
    default: self == other
    }
  }
}
