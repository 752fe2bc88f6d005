package import ContextModel
package import Diagnostics
package import YAML

/// One key of a head and what it is to be.
package struct HeadChange: Hashable, Sendable {
  /// A key, or a platform's key as the file spells it and a key of that map.
  package var path: [String]
  /// Nil takes the key away.
  package var value: FieldValue?
  /// What a text that is new is to have around it, whether it needs them or not.
  package var quotes: Quotes?

  package init(path: [String], value: FieldValue?, quotes: Quotes? = nil) {
    self.path = path
    self.value = value
    self.quotes = quotes
  }
}

/// The smallest edits of a file's head after which those keys have those values, and everything else is the same bytes.
///
/// The values are what the loader reads. How things are written stays: quotes, lists and maps on one line or on several, comments, line breaks. A key
/// that is new goes behind the last one, and its map or the whole head is made with it; a map whose last key goes, goes too.
/// - Returns: nil when the head is damaged, and when a value cannot be had: a key below what is no map, a number that is none to YAML, a list as
///   `argument-hint`, or more than a head may hold.
package func headEdits(of source: SourceText, making changes: [HeadChange]) -> [ByteEdit]? {
  let platforms = Set(changes.filter { $0.path.count > 1 }.compactMap(\.path.first))
  guard var draft = HeadDraft(source, platforms: platforms) else { return nil }
  for change in ordered(changes) {
    guard draft.make(change) else { return nil }
  }
  return draft.edits
}

/// What is new comes first, so that it goes behind the last key even when that is to go.
private func ordered(_ changes: [HeadChange]) -> [HeadChange] {
  let paths = changes.map(\.path)
  let areApart = paths.indices.allSatisfy { one in paths.indices.allSatisfy { $0 == one || !paths[$0].starts(with: paths[one]) } }
  return areApart ? changes.filter { $0.value != nil } + changes.filter { $0.value == nil } : changes
}

extension HeadDraft {
  fileprivate mutating func make(_ change: HeadChange) -> Bool {
    guard !change.path.isEmpty else { return false }
    if let value = change.value { return put(value, in: change.quotes, at: change.path[...], in: []) }
    return remove(change.path[...], in: [])
  }

  private mutating func put(_ value: FieldValue, in quotes: Quotes?, at path: ArraySlice<String>, in place: [Int]) -> Bool {
    guard let key = path.first else { return set(place, to: value) }
    let rest = path.dropFirst()
    let entry = FieldValue.Entry(key, rest.reversed().reduce(value) { .map([FieldValue.Entry($1, $0)]) })
    switch self.value.at(place) {
    case .map(let entries)?:
      if let index = entries.firstIndex(where: { $0.key == key }) { return put(value, in: quotes, at: rest, in: place + [index]) }
      if entries.isEmpty, !place.isEmpty { return set(place, to: .map([entry])) }
      return insert(NewElement(key: key, value: entry.value, quotes: quotes), at: entries.count, in: place)
    case .null?: return set(place, to: .map([entry]))
    default: return false
    }
  }

  /// What is not there is removed already.
  private mutating func remove(_ path: ArraySlice<String>, in place: [Int]) -> Bool {
    guard let key = path.first, case .map(let entries)? = value.at(place) else { return true }
    guard let index = entries.firstIndex(where: { $0.key == key }) else { return true }
    let rest = path.dropFirst()
    return rest.isEmpty || entries[index].value.holdsOnly(rest) ? removeElement(index, of: place) : remove(rest, in: place + [index])
  }
}

extension FieldValue {
  /// Whether nothing is left without the key at a path.
  fileprivate func holdsOnly(_ path: ArraySlice<String>) -> Bool {
    guard case .map(let entries) = self, entries.count == 1, entries[0].key == path.first else { return false }
    return path.count == 1 || entries[0].value.holdsOnly(path.dropFirst())
  }
}
