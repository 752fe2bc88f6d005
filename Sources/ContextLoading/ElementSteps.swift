internal import ContextModel

/// One step from a list or map to another; the index is that after all steps before.
enum ElementStep {
  case change(Int, FieldValue)
  case insert(Int, NewElement)
  case remove(Int)
}

/// Each step reads the head again, so that what is longer is better written anew.
private let mostElements = 500

/// The steps from one list to another, or from one map to another; nil when there are too many.
func elementSteps(from old: FieldValue, to new: FieldValue) -> [ElementStep]? {
  let (old, new) = (old.elements, new.elements)
  guard old.count + new.count <= mostElements else { return nil }
  var (removed, inserted) = (Set<Int>(), Set<Int>())
  for change in new.difference(from: old, by: { $0.isCounterpart(of: $1) }) {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }
  var steps: [ElementStep] = []
  var (oldIndex, newIndex, index) = (0, 0, 0)
  while oldIndex < old.count || newIndex < new.count {
    let gone = old[oldIndex...].indices.prefix { removed.contains($0) }
    let come = new[newIndex...].indices.prefix { inserted.contains($0) }
    (oldIndex, newIndex) = (oldIndex + gone.count, newIndex + come.count)
    // An item may become another one; a key does not.
    let changed = come.contains { new[$0].key != nil } ? 0 : min(gone.count, come.count)
    steps += new[come.prefix(changed)].enumerated().map { .change(index + $0, $1.value) }
    // First what is new, so that no list and no map is empty in between.
    steps += new[come.dropFirst(changed)].enumerated().map { .insert(index + changed + $0, $1) }
    index += come.count
    steps += gone.dropFirst(changed).map { _ in .remove(index) }
    guard oldIndex < old.count, newIndex < new.count else { continue }
    if !old[oldIndex].value.isSame(as: new[newIndex].value) { steps.append(.change(index, new[newIndex].value)) }
    (oldIndex, newIndex, index) = (oldIndex + 1, newIndex + 1, index + 1)
  }
  return steps
}

extension FieldValue {
  fileprivate var elements: [NewElement] {
    switch self {
    case .list(let items): items.map { NewElement(key: nil, value: $0) }
    case .map(let entries): entries.map { NewElement(key: $0.key, value: $0.value) }
    case .text, .bool, .number, .null: []
    }
  }
}

extension NewElement {
  /// Whether they have the same key, or are the same item.
  fileprivate func isCounterpart(of other: NewElement) -> Bool {
    guard let key, let otherKey = other.key else { return value.isSame(as: other.value) }
    return key.utf8.elementsEqual(otherKey.utf8)
  }
}
