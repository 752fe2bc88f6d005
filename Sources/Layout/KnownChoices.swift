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
    var group: ClassKey
    var imports: [String]
    var existing: Set<String>
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

  struct Answer {
    var places: [Place]
    var cost: Cost
    var isBest: Bool
  }

  private var answers: [Question: Answer] = [:]
  private var best: [PlaceChoice: PlaceChoice.Answer] = [:]
  private var views: [ViewKey: PlaceChoice.View] = [:]
  private var groupNumbers: [ClassKey: Int] = [:]
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

  mutating func best(of choice: PlaceChoice) -> PlaceChoice.Answer {
    if let known = best[choice] { return known }
    // However many searches there are, they come to an end.
    let found = choice.best(within: min(stepsLeft, PlaceChoice.mostSteps))
    stepsLeft -= found.steps
    best[choice] = found
    return found
  }

  mutating func view(_ key: ViewKey, _ look: () -> PlaceChoice.View) -> PlaceChoice.View {
    if let known = views[key] { return known }
    let found = look()
    views[key] = found
    return found
  }

  /// Numbers that stand for a class and for candidates, since they are looked up for every reader.
  mutating func numbers(of group: ClassKey, _ candidates: [String]) -> (group: Int, candidates: Int) {
    let groupNumber = groupNumbers[group] ?? groupNumbers.count
    let candidatesNumber = candidateNumbers[candidates] ?? candidateNumbers.count
    groupNumbers[group] = groupNumber
    candidateNumbers[candidates] = candidatesNumber
    return (groupNumber, candidatesNumber)
  }
}
