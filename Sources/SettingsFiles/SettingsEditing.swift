package import ContextModel
internal import Diagnostics
internal import YAML

extension SettingsFile {
  /// The file with pieces in it; what is there already stays where it is.
  package func adding(_ pieces: [SettingsPiece]) throws(SettingsRefusal) -> SettingsAddition {
    var file = self
    var added: [SettingsPiece] = []
    var made: [SettingsContainer] = []
    for piece in pieces where !file.contains(piece) {
      let (next, containers) = try file.adding(piece)
      (file, made) = (next, made + containers)
      added.append(piece)
    }
    return SettingsAddition(bytes: file.bytes, added: added, made: made)
  }

  /// The file with another value for a member that is there.
  package func replacing(_ path: [String], with value: FieldValue) throws(SettingsRefusal) -> [UInt8] {
    guard let old = self.value(at: path) else { throw refusal(.absent, "there is no \(path.shown)", at: place(of: path), help: "add it") }
    if old.isSame(as: value) { return bytes }
    if document.isSpread(path) { return try replacing(spread: path, old, with: value) }
    let edits = try asked(at: path) { () throws(Unsafe) in try document.replacing(path, with: value) }
    return try edited(edits, at: path, expecting: [path.isEmpty ? value : document.value?.changing(at: path[...]) { _ in value }]).bytes
  }

  /// Member by member, as the value has no bytes that are all its own.
  private func replacing(spread path: [String], _ old: FieldValue, with value: FieldValue) throws(SettingsRefusal) -> [UInt8] {
    guard case .map(let entries) = old, case .map(let wanted) = value, !wanted.isEmpty else {
      let without = try removing(path, [])
      return try without.adding([.member(path, value)]).bytes
    }
    var file = self
    // What is new comes first, so that the table never is empty.
    for entry in wanted {
      let member = path + [entry.key]
      let bytes = old[entry.key] == nil ? try file.adding([.member(member, entry.value)]).bytes : try file.replacing(member, with: entry.value)
      file = try SettingsFile(bytes, syntax: syntax, path: source.path)
    }
    for entry in entries where value[entry.key] == nil { file = try file.removing(path + [entry.key], []) }
    return file.bytes
  }

  /// The file without pieces that were added, and without the containers that were made for them if nothing else is in those.
  ///
  /// A piece that is gone is no problem; a member with another value is somebody else's, and a refusal.
  package func removing(_ pieces: [SettingsPiece], made: [SettingsContainer]) throws(SettingsRefusal) -> [UInt8] {
    var file = self
    for piece in pieces.reversed() {
      file = try file.removing(piece, made)
      // At once, so that all goes in the order in which it came, only backwards.
      file = try file.removingEmpty(made.filter { piece.container.begins(with: $0.path) }, made)
    }
    return try file.removingEmpty(made, made).bytes
  }

  private func removing(_ piece: SettingsPiece, _ made: [SettingsContainer]) throws(SettingsRefusal) -> SettingsFile {
    guard let value = value(at: piece.path) else { return self }
    switch (piece.kind, value) {
    case (.member, _):
      guard value.isSame(as: piece.value) else { throw otherValue(piece, value, help: "leave it, or take it out by hand") }
      return try removing(piece.path, made)
    case (.element, .list(let items)):
      guard let index = items.lastIndex(where: { $0.isSame(as: piece.value) }) else { return self }
      return try removing(.index(index), at: piece.path, made)
    case (.element, _): return self
    }
  }

  /// Without those of some containers that were made and are empty now.
  private func removingEmpty(_ containers: [SettingsContainer], _ made: [SettingsContainer]) throws(SettingsRefusal) -> SettingsFile {
    var file = self
    for container in containers.reversed() where container.before == nil {
      guard let value = file.value(at: container.path), value.isEmptyContainer || value == .null && document.takesNothingAsEmpty else { continue }
      file = try file.removing(container.path, made)
    }
    return file
  }

  private func adding(_ piece: SettingsPiece) throws(SettingsRefusal) -> (SettingsFile, [SettingsContainer]) {
    let container = piece.container
    let there = try countOfContainers(for: piece)
    let isComplete = there > container.count
    if isComplete, piece.kind == .member, let old = value(at: piece.path) {
      throw otherValue(piece, old, help: "decide which of the two values is right")
    }
    // All that is missing is written at once, as one part of the last container that is there.
    var value = piece.kind == .element && !isComplete ? FieldValue.list([piece.value]) : piece.value
    var keys = piece.path
    while keys.count > there { value = .map([FieldValue.Entry(keys.removeLast(), value)]) }
    let missing = isComplete ? [] : (there...container.count).map { SettingsContainer(path: Array(container.prefix($0))) }
    let expected = (document.value ?? .map([])).adding(piece)
    guard there > 0 else {
      let edits = try asked(at: []) { () throws(Unsafe) in try document.writing(value) }
      return (try edited(edits, at: [], expecting: [expected]), missing)
    }
    let path = Array(container.prefix(there - 1))
    let part = NewPart(key: isComplete && piece.kind == .element ? nil : keys.last, value: value)
    let insertion = try asked(at: path) { () throws(Unsafe) in try document.inserting(part, at: path) }
    let emptied = insertion.before.map { [SettingsContainer(path: path, before: $0)] } ?? []
    return (try edited(insertion.edits, at: path, expecting: [expected]), emptied + missing)
  }

  /// How many of the containers on the way are there, the root among them.
  private func countOfContainers(for piece: SettingsPiece) throws(SettingsRefusal) -> Int {
    guard piece.kind == .element || !piece.path.isEmpty else {
      throw refusal(.noContainer, "the whole file is no member", at: source.whole, help: "name a key")
    }
    let container = piece.container
    for count in 0...container.count {
      let path = Array(container.prefix(count))
      guard let value = value(at: path) else { return count }
      if value == .null, document.takesNothingAsEmpty { continue }
      let isList = piece.kind == .element && count == container.count
      switch value {
      case .list where isList, .map where !isList: continue
      default:
        let wanted = isList ? "a list" : "a map"
        let help = "\(piece.path.shown) needs \(wanted) there: change it, or take it out"
        throw refusal(.noContainer, "\(path.shown) is \(value.kindInWords), not \(wanted)", at: place(of: path), help: help)
      }
    }
    return container.count + 1
  }

  private func removing(_ path: [String], _ made: [SettingsContainer]) throws(SettingsRefusal) -> SettingsFile {
    guard let key = path.last else {
      let edits = try asked(at: []) { () throws(Unsafe) in try document.removingRoot() }
      return try edited(edits, at: [], expecting: [nil])
    }
    return try removing(.key(key), at: Array(path.dropLast()), made)
  }

  private func removing(_ name: PartName, at path: [String], _ made: [SettingsContainer]) throws(SettingsRefusal) -> SettingsFile {
    let before = made.last { $0.path.isSame(as: path) }?.before
    let edits = try asked(at: path) { () throws(Unsafe) in try document.removing(name, at: path, before: before) }
    var expected = [document.value?.removing(name, at: path)]
    if document.takesNothingAsEmpty, before != nil { expected.append(expected[0]?.changing(at: path[...]) { _ in .null }) }
    guard document.losesEmptyContainers else { return try edited(edits, at: path, expecting: expected) }
    for count in path.indices.reversed() {
      let empty = Array(path.prefix(count + 1))
      guard let last = expected.last ?? nil, last.value(at: empty)?.isEmptyContainer ?? false else { break }
      expected.append(last.changing(at: empty[...]) { _ in nil })
    }
    return try edited(edits, at: path, expecting: expected)
  }

  private func otherValue(_ piece: SettingsPiece, _ old: FieldValue, help: String) -> SettingsRefusal {
    refusal(.otherValue, "\(piece.path.shown) is there with another value", at: place(of: piece.path), help: help)
  }

  private func asked<T>(at path: [String], _ edit: () throws(Unsafe) -> T) throws(SettingsRefusal) -> T {
    do throws(Unsafe) {
      return try edit()
    } catch {
      throw refusal(error, at: path)
    }
  }
}

extension FieldValue {
  /// With a piece at its end.
  fileprivate func adding(_ piece: SettingsPiece) -> FieldValue {
    func element(_ old: FieldValue?) -> FieldValue {
      guard case .list(let items) = old else { return .list([piece.value]) }
      return .list(items + [piece.value])
    }
    if piece.path.isEmpty { return element(self) }
    return changing(at: piece.path[...]) { piece.kind == .member ? piece.value : element($0) }
  }

  /// Without a part; the last one leaves an empty container.
  fileprivate func removing(_ name: PartName, at path: [String]) -> FieldValue {
    switch name {
    case .key(let key): return changing(at: (path + [key])[...]) { _ in nil }
    case .index(let index):
      func removed(_ old: FieldValue?) -> FieldValue? {
        guard case .list(var items) = old else { return old }
        items.remove(at: index)
        return .list(items)
      }
      return path.isEmpty ? removed(self) ?? .null : changing(at: path[...]) { removed($0) }
    }
  }
}
