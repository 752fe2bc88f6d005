package import ContextModel
import FileTree
import Platforms

extension Layout {
  /// A place that a platform would rather have, and why artifacts are not there.
  package struct PassedOver: Hashable, Sendable {
    package var platform: String
    /// In order.
    package var artifacts: [ArtifactID]
    /// The path of the place, as platforms.yaml has it.
    package var place: String
    package var reason: String
  }
}

extension LayoutDraft {
  /// For every class and platform, the places before the one that serves it.
  var passedOver: [Layout.PassedOver] {
    // Explaining comes to an end as choosing does.
    var stepsLeft = KnownChoices.mostSteps
    return classes.flatMap { chosen -> [Layout.PassedOver] in
      let candidates = candidates(for: chosen.group)
      let choice = choice(of: chosen.group, among: candidates)
      let places = PlaceSet(candidates.indices.filter { index in chosen.places.contains { $0.id == candidates[index].id } })
      // Most platforms pass over the same few places.
      var known: [Int: PlaceChoice.Answer] = [:]
      let best = { (number: Int) -> PlaceChoice.Answer in
        if let answer = known[number] { return answer }
        let answer = choice.best(with: [number], within: min(stepsLeft, PlaceChoice.mostSteps))
        stepsLeft -= answer.steps
        known[number] = answer
        return answer
      }
      return platforms.filter { chosen.group.wanted.contains($0.id) }.flatMap { passedOver(by: $0, chosen, choice, places, candidates, best) }
    }
  }

  private func passedOver(
    by platform: Platform, _ chosen: ChosenClass, _ choice: PlaceChoice, _ places: PlaceSet, _ candidates: [Place],
    _ best: (Int) -> PlaceChoice.Answer
  ) -> [Layout.PassedOver] {
    guard let reader = readers.first(where: { $0.platform.id == platform.id && $0.isReviewer == chosen.group.shape.isReview }) else { return [] }
    let group = chosen.group
    let full = group.listed(by: platform).filter(group.closed.contains).compactMap { catalog.places[$0] }
    var out = full.map { (place: $0, reason: "it has no room for them") }
    for id in group.taken(by: platform) {
      guard let place = catalog.places[id] else { continue }
      guard let number = number(of: id, among: candidates, for: reader) else {
        out.append((place, reasonAgainst(place, group, reader)))
        continue
      }
      if places.contains(number) { break }
      out.append((place, words(choice, with: best(number), instead: places)))
    }
    return out.map { .init(platform: platform.id, artifacts: group.artifacts.map(\.id), place: $0.place.path.text, reason: $0.reason) }
  }

  /// Why a place is no candidate.
  private func reasonAgainst(_ place: Place, _ group: ArtifactClass, _ reader: Reader) -> String {
    if let obstacle = obstacle(to: place) { return obstacle }
    if place.format == .import, !imports.contains(where: { $0.id == place.id }) { return "a line there would cost more for all rules together" }
    if group.form(at: place)?.isStandIn ?? false, let other = readersWithOwnForm(of: group, at: place).first {
      return "`\(other.platform.id)` reads it and has them in a form of its own"
    }
    return "`\(reader.platform.id)` does not read it here"
  }

  /// What would be worse with a place, even if all others were chosen anew.
  private func words(_ choice: PlaceChoice, with other: PlaceChoice.Answer, instead places: PlaceSet) -> String {
    let now = choice.cost(of: places)
    let count = choice.artifacts
    func readers(_ part: (Cost) -> Int) -> String {
      let worse = choice.views.filter {
        part($0.view.cost(of: other.chosen, artifacts: count)) > part($0.view.cost(of: places, artifacts: count))
      }
      var names: [String] = []
      for name in worse.flatMap(\.readers).sorted().map({ "`\(self.readers[$0].platform.id)`" }) where !names.contains(name) { names.append(name) }
      return names.joined(separator: ", ")
    }
    if other.cost.missing > now.missing { return "then \(readers(\.missing)) would go without" }
    if other.cost.unwanted > now.unwanted { return "then \(readers(\.unwanted)) would read what excludes it" }
    if other.cost.repeated > now.repeated { return "then \(readers(\.repeated)) would read them twice" }
    if other.cost.rank > now.rank { return "then \(readers(\.rank)) would have them in a worse form" }
    if other.cost.start > now.start { return "then \(other.cost.start - now.start) more bytes would load at start" }
    if other.cost.files > now.files { return "then there would be \(other.cost.files - now.files) more files" }
    return "it is as good, and comes later by name"
  }
}
