import FileTree
import Platforms

/// What was worked out before, for one tree and one set of platforms: most drafts differ in a few classes and for a few readers only.
struct KnownChoices {
  /// A class of artifacts, as far as its places depend on it.
  struct ClassKey: Hashable {
    var shape: Shape
    var wanted: [String]
    var closed: Set<String>
    var directory: TreePath?
    var count: Int
    var startLoad: StartLoad
  }

  /// All that the places of a class depend on.
  struct Question: Hashable {
    /// The number of its scope.
    var group: Int
    /// Of the import lines, those that lead to its places.
    var imports: [String]
    /// Of the files that are there, those that hide one of its places from somebody.
    var existing: [String]
    /// By number: the readers that have the class already, in another shape.
    var served: [Int]
  }

  /// All that one reader's view of candidates depends on.
  struct ViewKey: Hashable {
    var reader: Int
    var group: Int
    var candidates: Int
    /// Of the import lines, those that it follows.
    var imports: [String]
    /// Of the files that are there, those that hide something from it.
    var existing: [String]
    /// Whether it has the class already, in another shape.
    var isServed: Bool
  }

  /// A choice, with numbers for its views: they are compared far more often than they are made.
  private struct Choice: Hashable {
    var files: [Int]
    var artifacts: Int
    var views: [Int]
  }

  struct Answer {
    var places: [Place]
    var cost: Cost
    var isBest: Bool
  }

  private var answers: [Question: Answer] = [:]
  private var best: [Choice: PlaceChoice.Answer] = [:]
  private var viewNumbers: [ViewKey: Int] = [:]
  private var numbersOfViews: [PlaceChoice.View: Int] = [:]
  /// By number: all that differ.
  private var views: [PlaceChoice.SharedView] = []
  private var scopes: [ClassKey: ClassScope] = [:]
  private var candidateNumbers: [[String]: Int] = [:]
  private var stepsLeft = mostSteps

  /// For all searches together.
  static let mostSteps = 10 * PlaceChoice.mostSteps

  mutating func answer(to question: Question, _ search: (inout KnownChoices) -> Answer) -> Answer {
    if let known = answers[question] { return known }
    let found = search(&self)
    answers[question] = found
    return found
  }

  /// - Parameter numbers: those of its views.
  mutating func best(files: [Int], artifacts: Int, views numbers: [Int]) -> PlaceChoice.Answer {
    let choice = Choice(files: files, artifacts: artifacts, views: numbers)
    if let known = best[choice] { return known }
    // However many searches there are, they come to an end.
    let found = PlaceChoice(files: files, artifacts: artifacts, views: sharedViews(numbers)).best(within: min(stepsLeft, PlaceChoice.mostSteps))
    stepsLeft -= found.steps
    best[choice] = found
    return found
  }

  /// The number of a view; views that are alike have the same one.
  mutating func view(_ key: ViewKey, _ look: () -> PlaceChoice.View) -> Int {
    if let known = viewNumbers[key] { return known }
    let view = look()
    let number = numbersOfViews[view] ?? views.count
    if number == views.count {
      numbersOfViews[view] = number
      views.append(PlaceChoice.SharedView(view))
    }
    viewNumbers[key] = number
    return number
  }

  /// - Parameter numbers: those of the readers' views, one after the other.
  private func sharedViews(_ numbers: [Int]) -> [PlaceChoice.SharedView] {
    var found: [Int] = []
    var shared: [PlaceChoice.SharedView] = []
    for (reader, number) in numbers.enumerated() {
      let index = found.firstIndex(of: number) ?? found.count
      if index == found.count {
        found.append(number)
        shared.append(views[number])
      }
      shared[index].readers.append(reader)
    }
    return shared
  }

  /// A number that stands for candidates, since they are looked up for every reader.
  mutating func number(of candidates: [String]) -> Int {
    if let number = candidateNumbers[candidates] { return number }
    candidateNumbers[candidates] = candidateNumbers.count
    return candidateNumbers.count - 1
  }

  /// What the places of a class depend on, whatever draft they are chosen for.
  mutating func scope(of group: ArtifactClass, for platforms: [Platform], _ readers: [Reader], in catalog: PlatformCatalog) -> ClassScope {
    let key = ClassKey(
      shape: group.shape, wanted: group.wanted, closed: group.closed, directory: group.directory, count: group.artifacts.count,
      startLoad: group.startLoad)
    if let scope = scopes[key] { return scope }
    let scope = ClassScope(of: group, number: scopes.count, for: platforms, readers, in: catalog)
    scopes[key] = scope
    return scope
  }
}

/// What the places of one class depend on: most drafts differ in what does not matter to it.
struct ClassScope {
  /// Stands for the class among all that were met.
  let number: Int
  /// By id: every place that could carry the class, under some choice of import lines.
  let places: Set<String>
  /// Files whose presence hides one of these places from some reader, in order.
  let hidingFiles: [String]

  fileprivate init(of group: ArtifactClass, number: Int, for platforms: [Platform], _ readers: [Reader], in catalog: PlatformCatalog) {
    self.number = number
    var places: Set<String> = []
    for platform in platforms {
      for id in group.taken(by: platform) { places.insert(catalog.places[id]?.importing?.place ?? id) }
    }
    self.places = places
    hidingFiles = readers.reduce(into: Set<String>()) { $0.formUnion($1.hidingFiles(ofAny: places)) }.sorted()
  }
}
