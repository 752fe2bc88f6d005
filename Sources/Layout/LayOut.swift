package import ContextModel
import FileTree
package import Platforms

/// Chooses places so that every selected platform gets every artifact that is for it once, and says what could not be had.
///
/// In this order: nobody goes without, nobody gets what excludes them, nobody gets a second copy, best form, fewest bytes at start, fewest files.
/// - Parameter measure: how long deliveries come out; what a platform would cut off then goes to another place, or loads on demand. Without
///   it, nobody has a limit.
package func layOut(
  _ tree: ContextTree, for selected: [String], in catalog: PlatformCatalog, surroundings: Surroundings, measuring measure: Layout.Measure? = nil
) -> Layout {
  chosenDraft(tree, for: selected, in: catalog, surroundings: surroundings, measuring: measure).layout
}

/// Why everything stands where it does: the better places that were passed over.
package func placeReasons(
  _ tree: ContextTree, for selected: [String], in catalog: PlatformCatalog, surroundings: Surroundings, measuring measure: Layout.Measure? = nil
) -> [Layout.PassedOver] {
  chosenDraft(tree, for: selected, in: catalog, surroundings: surroundings, measuring: measure).draft.passedOver
}

/// The draft that costs least, and its layout with what stays too long.
func chosenDraft(
  _ tree: ContextTree, for selected: [String], in catalog: PlatformCatalog, surroundings: Surroundings, measuring measure: Layout.Measure?
) -> (draft: LayoutDraft, layout: Layout) {
  let platforms = catalog.platforms.filter { selected.contains($0.id) }
  let directoryPlaces = DirectoryPlaces(of: tree, in: catalog, surroundings: surroundings)
  let catalog = catalog.extended(to: directoryPlaces.all)
  let readers = Reader.all(of: platforms, places: catalog.places.values)
  var known = KnownChoices()
  var closed: ClosedPlaces = [:]
  var imports: [[Place]]?
  var hasAllImports = true
  while true {
    let input = LayoutInput(
      platforms: platforms, readers: readers,
      groups: ArtifactClass.all(of: tree, for: platforms, closed: closed, in: directoryPlaces), catalog: catalog,
      surroundings: surroundings, closed: closed, known: &known)
    let settled = { (imports: [Place]) in LayoutDraft.settled(input, imports: imports, known: &known) }
    let choices =
      imports
      ?? importChoices(of: platforms, in: catalog, surroundings: surroundings) { choices in
        hasAllImports = false
        return cheapest(of: choices) { settled($0).cost }
      }
    imports = choices
    let drafts = choices.map(settled)
    let draft = drafts.dropFirst().reduce(drafts[0]) { $1.cost < $0.cost ? $1 : $0 }
    var layout = draft.layout
    let untried = drafts.flatMap(\.classes).filter { !($0.isBest && hasAllImports) }.flatMap(\.group.artifacts)
    layout.untried = Set(untried.map(\.id)).sorted()
    guard let measure else { return (draft, layout) }
    let packing = Packing(of: layout, for: platforms, closed, in: directoryPlaces, surroundings: surroundings, measuring: measure)
    guard !packing.closed.isEmpty else {
      layout.cut = packing.cut.mapValues { $0.sorted { $0.key < $1.key }.map(\.value) }
      return (draft, layout)
    }
    // Each round closes a place that was open: at some time there is none left.
    closed.merge(packing.closed)
  }
}

/// So many sets of import lines are worked out in full; each further line may double them.
private let mostImportChoices = 128

/// The quarter that costs least, in the same order.
private func cheapest(of choices: [[Place]], _ cost: ([Place]) -> Cost) -> [[Place]] {
  let costs = choices.map(cost)
  let order = choices.indices.sorted { costs[$0] != costs[$1] ? costs[$0] < costs[$1] : $0 < $1 }
  return order.prefix(mostImportChoices / 4).sorted().map { choices[$0] }
}

/// Every set of import lines that there could be: those of the user's always, further ones as the selected platforms can use them.
/// - Parameter narrowed: picks some, when there are more than can be worked out.
private func importChoices(
  of platforms: [Platform], in catalog: PlatformCatalog, surroundings: Surroundings, narrowed: ([[Place]]) -> [[Place]]
) -> [[Place]] {
  let taken = Set(platforms.flatMap { $0.takes.values.joined() })
  var choices: [[Place]] = [[]]
  for place in catalog.places.values.sorted(by: { $0.id < $1.id }) where place.format == .import {
    let file = place.path.text
    if choices.count > mostImportChoices { choices = narrowed(choices) }
    guard let target = place.importing?.place.flatMap({ catalog.places[$0] })?.path.text else {
      choices = choicesWithFile(of: place, choices, platforms, surroundings)
      continue
    }
    if surroundings.imports[file]?.contains(target) ?? false {
      // Others may follow it, whoever it was written for.
      choices = choices.map { $0 + [place] }
    } else if taken.contains(place.id) {
      let extended = choices.map { $0 + [place] }
      if !surroundings.files.contains(file) {
        choices += extended
      } else if surroundings.ownImports[file]?.contains(target) ?? false {
        choices = extended
      }
    }
  }
  return choices.count > mostImportChoices ? narrowed(choices) : choices
}

/// The same with a line that loads nothing, where its file may be needed to hide another one.
private func choicesWithFile(of place: Place, _ choices: [[Place]], _ platforms: [Platform], _ surroundings: Surroundings) -> [[Place]] {
  let takers = platforms.filter { $0.takes.values.joined().contains(place.id) }
  let file = place.path.text
  guard !takers.isEmpty, !hidesText(file, from: takers, surroundings) else { return choices }
  // Beside another line of the platform's the file would be there anyway.
  let others = Set(takers.flatMap { $0.takes.values.joined() })
  let extended = choices.filter { !$0.contains { others.contains($0.id) } }.map { $0 + [place] }
  if !surroundings.files.contains(file) { return choices + extended }
  let isOurs = surroundings.ownLines[file]?.contains(place.importing?.line ?? "") ?? false
  return isOurs ? choices.filter { $0.contains { others.contains($0.id) } } + extended : choices
}

/// Whether a file that is there would keep platforms from reading a text of the user's.
private func hidesText(_ file: String, from platforms: [Platform], _ surroundings: Surroundings) -> Bool {
  platforms.flatMap(\.reads).contains { read in
    read.unless.contains(file) && surroundings.files.contains(read.path) && !read.unless.contains(where: surroundings.files.contains)
  }
}
