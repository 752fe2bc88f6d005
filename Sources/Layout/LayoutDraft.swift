import ContextModel
import FileTree
import Platforms

/// What every draft of a layout has in common.
struct LayoutInput {
  let platforms: [Platform]
  let readers: [Reader]
  /// The same by platform.
  let readersOf: [String: [Reader]]
  let groups: [ArtifactClass]
  let catalog: PlatformCatalog
  let surroundings: Surroundings
  let closed: ClosedPlaces
  /// By place that cannot carry anything: why.
  let obstacles: [String: String]
  /// In the order of the groups: what their places depend on.
  let scopes: [ClassScope]

  init(
    platforms: [Platform], readers: [Reader], groups: [ArtifactClass], catalog: PlatformCatalog, surroundings: Surroundings, closed: ClosedPlaces,
    known: inout KnownChoices
  ) {
    (self.platforms, self.readers, self.groups, self.catalog) = (platforms, readers, groups, catalog)
    (self.surroundings, self.closed) = (surroundings, closed)
    readersOf = Dictionary(grouping: readers) { $0.platform.id }
    obstacles = catalog.places.compactMapValues { place in
      guard let sample = place.mainFile(name: "x") else { return "its path is not valid" }
      if let folder = surroundings.canonicalFolders.first(where: { sample.isInside($0) }) { return "`\(folder)` holds the canonical tree" }
      return surroundings.obstacle(to: place, for: platforms)
    }
    scopes = groups.map { known.scope(of: $0, for: platforms, readers, in: catalog) }
  }
}

/// A layout under one choice of import lines.
struct LayoutDraft {
  let input: LayoutInput
  let imports: [Place]
  var platforms: [Platform] { input.platforms }
  var readers: [Reader] { input.readers }
  var catalog: PlatformCatalog { input.catalog }
  private var surroundings: Surroundings { input.surroundings }
  /// Files that are there or will be: some platforms read one only for want of another.
  private var existing: Set<String>
  private(set) var cost = Cost()
  private(set) var classes: [ChosenClass] = []

  /// A class, and the places that it goes to.
  struct ChosenClass {
    var group: ArtifactClass
    var places: [Place]
    /// Whether there are surely no better ones.
    var isBest: Bool
  }

  /// The draft that assumes just those files that it writes itself.
  ///
  /// Of those that never come to rest, the one that costs least with the files that there are then.
  static func settled(_ input: LayoutInput, imports: [Place], known: inout KnownChoices) -> LayoutDraft {
    var assumed: Set<String> = []
    var restless: [LayoutDraft] = []
    repeat {
      var draft = LayoutDraft(input, imports: imports, assumed: assumed, known: &known)
      let made = draft.sharedFiles
      guard made != assumed else {
        // A file of an import line that nobody needs is not there either, to hide what lies in directories.
        if draft.classes.contains(where: { $0.places.contains { $0.directory != nil } }) { draft.recount() }
        return draft
      }
      assumed = made
      restless.append(draft)
    } while restless.count < 4
    for index in restless.indices { restless[index].recount() }
    return restless.dropFirst().reduce(restless[0]) { $1.cost < $0.cost ? $1 : $0 }
  }

  /// What the places cost with the files that they make, and not with those that were assumed.
  private mutating func recount() {
    let made = sharedFiles
    let lines = imports.filter { line in
      guard let target = line.importing?.place.flatMap({ catalog.places[$0] })?.path.text else { return true }
      return made.contains(target) || surroundings.files.contains(target)
    }
    existing = surroundings.files.union(lines.map(\.path.text)).union(made)
    cost = Cost()
    for chosen in classes {
      let candidates = candidates(for: chosen.group)
      let places = PlaceSet(candidates.indices.filter { index in chosen.places.contains { $0.id == candidates[index].id } })
      cost += choice(of: chosen.group, among: candidates).cost(of: places)
    }
  }

  /// The files with blocks that the draft writes.
  private var sharedFiles: Set<String> {
    var files: Set<String> = []
    for chosen in classes {
      for place in chosen.places where !place.path.isPerArtifact { files.insert(place.path.text) }
    }
    return files
  }

  private init(_ input: LayoutInput, imports: [Place], assumed: Set<String>, known: inout KnownChoices) {
    self.input = input
    self.imports = imports
    existing = input.surroundings.files.union(imports.map(\.path.text)).union(assumed)
    for (group, scope) in zip(input.groups, input.scopes) { choose(group, scope, &known) }
  }

  private mutating func choose(_ group: ArtifactClass, _ scope: ClassScope, _ known: inout KnownChoices) {
    let served = group.elsewhere == nil ? [] : readers.indices.filter { hasElsewhere(readers[$0], group) }
    let lines = imports.filter { $0.importing?.place.map(scope.places.contains) ?? false }
    let question = KnownChoices.Question(
      group: scope.number, imports: lines.map(\.id), existing: scope.hidingFiles.filter(existing.contains), served: served)
    let answer = known.answer(to: question) { known in
      let candidates = candidates(for: group)
      let candidatesNumber = known.number(of: candidates.map(\.id))
      let views = readers.indices.map { number in
        let reader = readers[number]
        let key = KnownChoices.ViewKey(
          reader: number, group: scope.number, candidates: candidatesNumber,
          imports: lines.filter { reader.followsImports(in: $0.path.text) }.map(\.id),
          existing: reader.hidingFiles.isEmpty ? [] : reader.hidingFiles.filter(existing.contains), isServed: served.contains(number))
        return known.view(key) { view(of: reader, candidates: candidates, group) }
      }
      let best = known.best(files: files(of: group, at: candidates), artifacts: group.artifacts.count, views: views)
      return .init(places: best.chosen.numbers.map { candidates[$0] }, cost: best.cost, isBest: best.isBest)
    }
    cost += answer.cost
    classes.append(ChosenClass(group: group, places: answer.places, isBest: answer.isBest))
  }

  func choice(of group: ArtifactClass, among candidates: [Place]) -> PlaceChoice {
    PlaceChoice(
      files: files(of: group, at: candidates), artifacts: group.artifacts.count,
      views: readers.map { view(of: $0, candidates: candidates, group) })
  }

  private func files(of group: ArtifactClass, at candidates: [Place]) -> [Int] {
    let count = group.artifacts.count
    return candidates.map { $0.path.isPerArtifact ? count : 0 }
  }

  /// The places that could carry a class for somebody who wants it, import lines resolved to what they load, in order of their ids.
  func candidates(for group: ArtifactClass) -> [Place] {
    var ids = Set<String>()
    for platform in platforms where group.wanted.contains(platform.id) {
      for id in group.taken(by: platform) {
        guard let place = catalog.places[id] else { continue }
        if place.format != .import {
          ids.insert(id)
        } else if imports.contains(where: { $0.id == id }), let target = place.importing?.place {
          ids.insert(target)
        }
      }
    }
    ids.subtract(group.closed)
    return ids.sorted().compactMap { catalog.places[$0] }.filter { place in
      guard let form = group.form(at: place), obstacle(to: place) == nil else { return false }
      return !form.isStandIn || readersWithOwnForm(of: group, at: place).isEmpty
    }
  }

  func obstacle(to place: Place) -> String? { input.obstacles[place.id] }

  /// Selected platforms that read a place although they take the class in a form of their own.
  func readersWithOwnForm(of group: ArtifactClass, at place: Place) -> [Reader] {
    readers.filter { reader in
      guard reader.read(of: place, existing: existing) != nil else { return false }
      return group.taken(by: reader.platform).contains { catalog.places[$0]?.forms[group.shape].map { !$0.isStandIn } ?? false }
    }
  }

  /// Whether a reviewer reads a file in which the platform has the artifacts anyway.
  private func hasElsewhere(_ reader: Reader, _ group: ArtifactClass) -> Bool {
    guard reader.isReviewer, let other = group.elsewhere, group.wanted.contains(reader.platform.id) else { return false }
    // Checks come after all other rules, by their name.
    let chosen = classes.first {
      $0.group.shape == other.shape && $0.group.wanted == other.wanted && $0.group.closed == group.closed && $0.group.directory == other.directory
    }
    return chosen?.places.contains { reader.read(of: $0, existing: existing) != nil || !importers(of: $0, followedBy: reader).isEmpty } ?? false
  }

  private func view(of reader: Reader, candidates: [Place], _ group: ArtifactClass) -> PlaceChoice.View {
    // What is no check does not matter to reviewers, wherever it stands.
    guard group.shape.isReview || !reader.isReviewer else { return PlaceChoice.View(isWanted: false) }
    let isWanted = group.wanted.contains(reader.platform.id) && reader.isReviewer == group.shape.isReview && !hasElsewhere(reader, group)
    var view = PlaceChoice.View(isWanted: isWanted)
    var groups: [String: [(order: Int, place: PlaceChoice.View.Loaded)]] = [:]
    for (number, place) in candidates.enumerated() {
      let found = reader.orderedRead(of: place, existing: existing)
      // A copy through an import line counts beside one that is read directly.
      let importers = importers(of: place, followedBy: reader)
      guard found != nil || !importers.isEmpty else { continue }
      let moment = importers.isEmpty ? found?.read.when ?? .never : .always
      let start = group.startLoad.bytes(at: place, group.shape(at: place), by: reader.platform, when: moment)
      let loaded = PlaceChoice.View.Loaded(number: number, start: start)
      if let (order, read) = found {
        if let group = read.once { groups[group, default: []].append((order, loaded)) } else { view.separate.append(loaded) }
      }
      for importer in importers { groups["import " + importer.id] = [(0, loaded)] }
      let isCertain = found?.read.unless.isEmpty ?? false && reader.read(of: place, existing: existing) != nil
      if !importers.isEmpty || isCertain { view.certain.append(number) }
    }
    view.groups = groups.sorted { $0.key < $1.key }.map {
      $0.value.sorted { ($0.order, $0.place.number) < ($1.order, $1.place.number) }.map(\.place)
    }
    if view.isWanted { view.taken = group.taken(by: reader.platform).map { number(of: $0, among: candidates, for: reader) } }
    return view
  }

  private func importers(of place: Place, followedBy reader: Reader) -> [Place] {
    imports.filter { $0.importing?.place == place.id && reader.followsImports(in: $0.path.text) }
  }

  /// The number of the place that a taken id leads to; nil when the reader would not load it.
  func number(of id: String, among candidates: [Place], for reader: Reader) -> Int? {
    guard let place = catalog.places[id] else { return nil }
    let target = place.format == .import ? place.importing?.place : id
    let isLoaded =
      place.format == .import
      ? imports.contains { $0.id == id } && reader.followsImports(in: place.path.text) : reader.read(of: place, existing: existing) != nil
    return isLoaded ? candidates.firstIndex { $0.id == target } : nil
  }

  /// Whether a platform loads a place by itself or through an import line.
  private func loads(_ platform: String, _ place: Place, reviewing: Bool) -> Bool {
    (input.readersOf[platform] ?? []).contains {
      guard $0.isReviewer == reviewing else { return false }
      return $0.read(of: place, existing: existing) != nil || !importers(of: place, followedBy: $0).isEmpty
    }
  }

  /// Whether a platform lists a place for a class, itself or the import line that leads there.
  private func takes(_ platform: Platform, _ group: ArtifactClass, _ place: Place) -> Bool {
    group.taken(by: platform).contains { id in id == place.id || imports.contains { $0.id == id && $0.importing?.place == place.id } }
  }

  /// Whether a platform gets artifacts here: at a place that it takes, or for want of one at any that it loads.
  func isServed(_ platform: Platform, _ chosen: ChosenClass, at place: Place) -> Bool {
    let isReview = chosen.group.shape.isReview
    guard loads(platform.id, place, reviewing: isReview) else { return false }
    return takes(platform, chosen.group, place)
      || !chosen.places.contains { takes(platform, chosen.group, $0) && loads(platform.id, $0, reviewing: isReview) }
  }

  var layout: Layout {
    let names = Naming(readers: readers, classes: classes.map { ($0.group.artifacts, $0.places) })
    var ranked: [String: [(rank: Int, delivery: Layout.Delivery)]] = [:]
    let displaced = input.closed.mapValues { $0.sorted { $0.key < $1.key }.map(\.value) }
    for chosen in classes {
      let group = chosen.group
      for place in chosen.places {
        guard let form = group.form(at: place) else { continue }
        let platforms = platforms.filter { group.wanted.contains($0.id) && isServed($0, chosen, at: place) }.map(\.id)
        let destination = Layout.Destination(place: place, form: form, platforms: platforms, isReview: group.shape.isReview)
        let namesHere = names.names(at: place.id)
        var here = ranked.removeValue(forKey: place.id) ?? []
        for (rank, artifact) in zip(group.ranks, group.artifacts) {
          let name = namesHere[artifact.id] ?? artifact.id.name
          guard let path = place.mainFile(name: name) else { continue }
          let delivery = Layout.Delivery(
            artifact, to: destination, name: name, path: path, displacedFrom: group.isDisplaced(at: place) ? displaced[artifact.id] ?? [] : [])
          here.append((rank, delivery))
        }
        ranked[place.id] = here
      }
    }
    let deliveries = ranked.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.rank < $1.rank }.map(\.delivery) }
    var layout = Layout(deliveries: deliveries, imports: importLines(for: deliveries), exceptions: classes.flatMap(exceptions).merged())
    layout.displaced = displaced
    return layout
  }

  /// The lines that are needed and that the user has not written already.
  private func importLines(for deliveries: [Layout.Delivery]) -> [Layout.ImportLine] {
    imports.compactMap { place in
      guard let importing = place.importing, let path = place.path.filled(with: "") else { return nil }
      let takers = platforms.filter { $0.takes.values.contains { $0.contains(place.id) } }.map(\.id)
      guard let target = importing.place.flatMap({ catalog.places[$0] }) else {
        guard deliveries.contains(where: { isHidden($0.place, by: path.text, from: takers) }) else { return nil }
        return Layout.ImportLine(path: path, line: importing.line, platforms: takers)
      }
      let isUsers = surroundings.imports[path.text]?.contains(target.path.text) ?? false
      guard !isUsers, deliveries.contains(where: { $0.place.id == importing.place }) else { return nil }
      return Layout.ImportLine(path: path, line: importing.line, platforms: takers)
    }
  }

  /// Whether one of the platforms would read a place if a file were not there.
  private func isHidden(_ place: Place, by file: String, from platforms: [String]) -> Bool {
    readers.contains { reader in
      platforms.contains(reader.platform.id) && reader.orderedRead(of: place, existing: existing) == nil
        && reader.orderedRead(of: place, existing: existing.subtracting([file])) != nil
    }
  }

  private func exceptions(of chosen: ChosenClass) -> [Layout.Exception] {
    let group = chosen.group
    return withoutReviewers(group)
      + readers.flatMap { reader -> [Layout.Exception] in
        let view = view(of: reader, candidates: chosen.places, group)
        let cost = view.cost(of: PlaceSet(chosen.places.indices), artifacts: 1)
        guard cost.missing + cost.repeated + cost.unwanted > 0 else { return [] }
        let loads = { (place: Place) in
          self.loads(reader.platform.id, place, reviewing: reader.isReviewer) || reader.orderedRead(of: place, existing: existing) != nil
        }
        let read = chosen.places.filter(loads).map(\.path.text)
        let through = imports.filter { line in chosen.places.contains { line.importing?.place == $0.id } && reader.followsImports(in: line.path.text)
        }
        func exception(_ problem: Layout.Exception.Problem, bytes: Int = 0) -> Layout.Exception {
          let surface = reader.platform.surfaces.count > 1 || reader.isReviewer ? reader.surface : ""
          let foreign = chosen.places.filter { loads($0) && !(cost.repeated > 0 && takes(reader.platform, group, $0)) }
          let others = platforms.filter { other in
            other.id != reader.platform.id && group.wanted.contains(other.id) && foreign.contains { isServed(other, chosen, at: $0) }
          }
          return .init(
            platform: reader.platform.id, surface: surface, shape: group.shape, artifacts: group.artifacts.map(\.id), problem: problem,
            neededBy: bytes > 0 || cost.missing == 0 ? others.map(\.id) : [], bytes: bytes)
        }
        if cost.missing > 0 { return [exception(.missing(reason: reasonForMissing(group, reader)))] }
        if cost.repeated > 0 { return [exception(.repeated(at: read + through.map(\.path.text)), bytes: cost.start - view.mostAtStart)] }
        // It has them in another file of its platform's.
        if reader.isReviewer, group.wanted.contains(reader.platform.id) { return [exception(.repeated(at: read), bytes: cost.start)] }
        return cost.unwanted > 0 ? [exception(.unwanted(at: read), bytes: cost.start)] : []
      }
  }

  /// The platforms without reviewers, for checks that nobody else gets.
  private func withoutReviewers(_ group: ArtifactClass) -> [Layout.Exception] {
    guard group.shape.isReview, group.elsewhere == nil else { return [] }
    return platforms.filter { group.wanted.contains($0.id) && $0.reviewers.isEmpty }.map { platform in
      .init(
        platform: platform.id, surface: "", shape: group.shape, artifacts: group.artifacts.map(\.id),
        problem: .missing(reason: "no file of its own is known for its reviewers"))
    }
  }

  private func reasonForMissing(_ group: ArtifactClass, _ reader: Reader) -> String {
    let all = group.listed(by: reader.platform)
    guard !all.isEmpty else { return "it has no place for them" }
    let taken = group.taken(by: reader.platform)
    if taken.isEmpty, let full = all.compactMap({ catalog.places[$0] }).first { return "`\(full.path.text)` has no room for them" }
    for place in taken.compactMap({ catalog.places[$0] }) {
      if let obstacle = obstacle(to: place) { return obstacle }
      let others = readersWithOwnForm(of: group, at: place).map(\.platform.id)
      if group.form(at: place)?.isStandIn ?? false, let other = others.first {
        return "`\(place.path.text)` is read by `\(other)`, which has them in a form of its own"
      }
      if let file = surroundings.files.sorted().first(where: { hides($0, place, from: reader) }) { return "`\(file)` hides `\(place.path.text)`" }
    }
    return "no place that it takes is free"
  }

  private func hides(_ file: String, _ place: Place, from reader: Reader) -> Bool {
    reader.read(of: place, existing: []) != nil && reader.read(of: place, existing: [file]) == nil
  }
}

extension [Layout.Exception] {
  /// The same problem of several classes as one, in order.
  fileprivate func merged() -> [Layout.Exception] {
    let groups = Dictionary(grouping: self) { exception in
      var key = exception
      (key.artifacts, key.bytes) = ([], 0)
      return key
    }
    return groups.values.compactMap { group in
      guard var first = group.first else { return nil }
      first.artifacts = group.flatMap(\.artifacts).sorted()
      first.bytes = group.reduce(0) { $0 + $1.bytes }
      return first
    }.sorted { ($0.platform, $0.surface, $0.shape.description, "\($0.problem)") < ($1.platform, $1.surface, $1.shape.description, "\($1.problem)") }
  }
}
