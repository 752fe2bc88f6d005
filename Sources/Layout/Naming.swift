import ContextModel
import Platforms

/// The names that artifacts have at places: their own, unless an artifact of another kind already has it where one platform would see both.
struct Naming {
  private var namespaces: [String: Int] = [:]
  private var names: [Int: [ArtifactID: String]] = [:]
  /// By place: those of the parts of a block, where a behavior stands beside a rule of its name.
  private var blockNames: [String: [ArtifactID: String]] = [:]

  init(readers: [Reader], classes: [(artifacts: [Artifact], places: [Place])]) {
    let places = Dictionary(classes.flatMap(\.places).map { ($0.id, $0) }) { first, _ in first }
    namespaces = Self.namespaces(of: places.values.sorted { $0.id < $1.id }, readers)
    // By number of the class: many namespaces and blocks have the same ones.
    var members: [Int: Set<Int>] = [:]
    var parts: [String: Set<Int>] = [:]
    for (number, entry) in classes.enumerated() {
      for place in entry.places {
        if place.path.isPerArtifact {
          members[namespaces[place.id] ?? 0, default: []].insert(number)
        } else {
          parts[place.id, default: []].insert(number)
        }
      }
    }
    var known: [Set<Int>: [ArtifactID: String]] = [:]
    let assigned = { (numbers: Set<Int>) -> [ArtifactID: String] in
      if let names = known[numbers] { return names }
      let names = Self.assign(numbers.reduce(into: []) { ids, number in for artifact in classes[number].artifacts { ids.insert(artifact.id) } })
      known[numbers] = names
      return names
    }
    names = members.mapValues(assigned)
    let hasBehavior = { (numbers: Set<Int>) in numbers.contains { classes[$0].artifacts.contains { $0.id.kind == .behavior } } }
    blockNames = parts.filter { hasBehavior($0.value) }.mapValues(assigned)
  }

  /// The names that are not the artifacts' own for sure, at one place.
  func names(at place: String) -> [ArtifactID: String] {
    blockNames[place] ?? namespaces[place].flatMap { names[$0] } ?? [:]
  }

  /// Places of which a platform loads a name once are one namespace.
  private static func namespaces(of places: [Place], _ readers: [Reader]) -> [String: Int] {
    var space = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1.id, $0) })
    for reader in readers {
      var first: [String: String] = [:]
      for place in places {
        guard let group = reader.read(of: place, existing: [])?.once else { continue }
        guard let other = first[group], let from = space[place.id], let to = space[other] else {
          first[group] = place.id
          continue
        }
        for (id, number) in space where number == from { space[id] = to }
      }
    }
    return space
  }

  /// Skills keep their names first; a stand-in that finds its name taken gets its kind as a suffix.
  private static func assign(_ ids: Set<ArtifactID>) -> [ArtifactID: String] {
    let order: [ArtifactKind] = [.skill, .rule, .behavior, .command, .agent]
    var taken: Set<String> = []
    var out: [ArtifactID: String] = [:]
    let byKind = Dictionary(grouping: ids, by: \.kind)
    for kind in order {
      for id in (byKind[kind] ?? []).sorted() {
        var name = id.name
        var attempt = 1
        while !taken.insert(name).inserted {
          let suffix = "-" + kind.rawValue + (attempt == 1 ? "" : "\(attempt)")
          var stem = id.name.prefix(64 - suffix.count)
          // Some platforms refuse two hyphens in a row.
          while stem.last == "-" { stem.removeLast() }
          name = stem + suffix
          attempt += 1
        }
        out[id] = name
      }
    }
    return out
  }
}
