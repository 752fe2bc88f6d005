import ContextModel
import Diagnostics
import FileTree
import Globs
import Layout
import Platforms
import TestSupport
import Testing

/// On small made-up catalogs, the layout against every layout that there could be.
@Suite struct BruteForceTests {
  /// What a layout costs, in the order of its aims.
  private struct Score: Comparable {
    var parts: [Int]
    static func < (left: Score, right: Score) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }
  }

  /// Artifacts of one kind and audience, and the places that carry them.
  private struct Group {
    var shape: Shape
    var wanted: Set<String>
    var artifacts: [Artifact]
  }

  /// A catalog of three or four places and two or three platforms, and what to deploy.
  private struct Case {
    var catalog: PlatformCatalog
    var tree: ContextTree
    var surroundings: Surroundings
    var text: String

    init(_ random: inout some RandomNumberGenerator) throws {
      var text = "places:\n"
      var places: [String] = []
      for number in 0..<Int.random(in: 3...4, using: &random) {
        let isBlock = Bool.random(using: &random)
        text += "  p\(number):\n    path: \"\(isBlock ? "P\(number).md" : "p\(number)/{name}.md")\"\n    format: \(isBlock ? "block" : "markdown")\n"
        text += "    rules/always: { unlisted: keep }\n"
        text += "    agents: { unlisted: keep, stand-in: \(Int.random(in: 0..<3, using: &random) == 0) }\n"
        places.append("p\(number)")
        if isBlock, Bool.random(using: &random), !text.contains("format: import") {
          text += "  zi:\n    path: I.md\n    format: import\n    imports: { place: p\(number), line: \"@P\(number).md\" }\n"
        }
      }
      if text.contains("format: import") { places.append("zi") }
      text += "platforms:\n"
      for number in 0..<Int.random(in: 2...3, using: &random) {
        text += "  x\(number):\n    name: X\n    docs: https://x.example\n    verified: 2026-01-01\n    takes:\n"
        let taken = places.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
        let agents = places.filter { $0 != "zi" }.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
        text += "      rules/always: [\(taken.joined(separator: ", "))]\n      agents: [\(agents.joined(separator: ", "))]\n    reads:\n"
        for place in places.shuffled(using: &random)
        where taken.contains(place) || agents.contains(place) || Int.random(in: 0..<3, using: &random) == 0 {
          let isBlock = text.contains("path: \"P\(place.dropFirst()).md\"")
          let path = place == "zi" ? "I.md" : isBlock ? "P\(place.dropFirst()).md" : "p\(place.dropFirst())/*.md"
          let when = place == "zi" ? "always" : ["always", "listed", "demand"].randomElement(using: &random) ?? "always"
          let once = !isBlock && place != "zi" && Int.random(in: 0..<3, using: &random) == 0 ? ", once: g" : ""
          let unless = Int.random(in: 0..<4, using: &random) == 0 ? ", unless: [HIDE.md]" : ""
          text += "      - { path: \"\(path)\", when: \(when)\(once)\(unless)\(place == "zi" ? ", imports: 1" : "") }\n"
        }
      }
      self.text = text
      var diagnostics: [Diagnostic] = []
      guard let catalog = decodePlatforms(SourceText(path: "random.yaml", bytes: Array(text.utf8)), diagnostics: &diagnostics) else {
        throw SetupError(rendered(diagnostics) + text)
      }
      self.catalog = catalog
      var archive = "Random.\n"
      for number in 0..<Int.random(in: 1...2, using: &random) {
        let excluded = Int.random(in: 0..<3, using: &random)
        let audience = Bool.random(using: &random) ? "platforms: [\"!x\(excluded % catalog.platforms.count)\"]\n" : ""
        archive += "-- rules/r\(number).md --\n---\ndescription: A rule.\n\(audience)---\nText of some length.\n"
      }
      archive += "-- agents/a.md --\n---\ndescription: An agent.\n---\nAgent.\n"
      tree = try artifacts(archive, catalog: catalog)
      surroundings = Bool.random(using: &random) ? Surroundings(files: ["HIDE.md"]) : Surroundings()
    }
  }

  private func groups(_ made: Case) -> [Group] {
    let ids = made.catalog.platforms.map(\.id)
    var out: [Group] = []
    for artifact in made.tree.artifacts {
      let wanted = Set(ids.filter { artifact.audience.includes($0) })
      if let index = out.firstIndex(where: { $0.shape == artifact.shape && $0.wanted == wanted }) {
        out[index].artifacts.append(artifact)
      } else {
        out.append(Group(shape: artifact.shape, wanted: wanted, artifacts: [artifact]))
      }
    }
    return out
  }

  /// The read by which a platform loads a place, given which files are there.
  private func read(_ platform: Platform, _ place: Place, _ there: Set<String>) -> Platform.Read? {
    let file = place.mainFile(name: "n")?.text ?? ""
    return platform.reads.first { Glob($0.path).matches(file) && $0.unless.allSatisfy { !there.contains($0) } }
  }

  /// What it costs to put a group at some places, with some import lines.
  private func score(_ group: Group, at places: Set<String>, imports: [Place], _ made: Case) -> Score {
    var (missing, unwanted, repeated, rank, start) = (0, 0, 0, 0, 0)
    let there = made.surroundings.files.union(imports.map(\.path.text))
    let chosen = places.sorted().compactMap { made.catalog.places[$0] }
    let (whole, listed) = (
      group.artifacts.reduce(0) { $0 + $1.body.bytes.count },
      group.artifacts.reduce(0) { $0 + $1.id.name.utf8.count + ($1.description ?? "").utf8.count }
    )
    for platform in made.catalog.platforms {
      var copies = 0
      var seen: Set<String> = []
      var isCertain = false
      var bytes: [String: Int] = [:]
      for read in platform.reads {
        for place in chosen where self.read(platform, place, there) == read {
          bytes[place.id] = read.when == .always ? whole : read.when == .listed ? listed : 0
          if read.unless.isEmpty { isCertain = true }
          if let group = read.once, !seen.insert(group).inserted {
            bytes[place.id] = nil
            continue
          }
          copies += 1
        }
      }
      for line in imports where platform.reads.contains(where: { $0.path == line.path.text && $0.followsImports }) {
        guard let target = line.importing?.place, places.contains(target) else { continue }
        copies += 1
        isCertain = true
        start += whole
        if bytes[target] != nil { bytes[target] = whole }
      }
      start += bytes.values.reduce(0, +)
      guard group.wanted.contains(platform.id) else {
        unwanted += copies
        continue
      }
      let taken = platform.takes[group.shape] ?? []
      let served = taken.firstIndex { id in
        guard let place = made.catalog.places[id] else { return false }
        if place.format == .import {
          return imports.contains { $0.id == id } && places.contains(place.importing?.place ?? "")
            && platform.reads.contains { $0.path == place.path.text && $0.followsImports }
        }
        return places.contains(id) && read(platform, place, there) != nil
      }
      rank += served ?? taken.count
      if served == nil && !isCertain { missing += 1 }
      repeated += max(0, copies - 1)
    }
    let count = group.artifacts.count
    let files = chosen.filter { $0.path.isPerArtifact }.count
    return Score(parts: [missing * count, unwanted * count, repeated * count, rank * count, start, files * count])
  }

  /// The places that may carry a group: taken by somebody who wants it, and no stand-in where somebody has it in a form of its own.
  private func candidates(_ group: Group, imports: [Place], _ made: Case) -> [String] {
    let there = made.surroundings.files.union(imports.map(\.path.text))
    let isOwn = { (platform: Platform) in
      (platform.takes[group.shape] ?? []).contains { made.catalog.places[$0]?.forms[group.shape]?.isStandIn == false }
    }
    var ids: Set<String> = []
    for platform in made.catalog.platforms where group.wanted.contains(platform.id) {
      for id in platform.takes[group.shape] ?? [] {
        guard let place = made.catalog.places[id] else { continue }
        if place.format != .import { ids.insert(id) } else if imports.contains(where: { $0.id == id }) { ids.insert(place.importing?.place ?? "") }
      }
    }
    return ids.sorted().filter { id in
      guard let place = made.catalog.places[id], let form = place.forms[group.shape] else { return false }
      return !form.isStandIn || !made.catalog.platforms.contains { isOwn($0) && read($0, place, there) != nil }
    }
  }

  private func sum(_ scores: [Score]) -> Score {
    Score(parts: scores.reduce([0, 0, 0, 0, 0, 0]) { zip($0, $1.parts).map { $0 + $1 } })
  }

  @Test func theLayoutIsTheBestOfAll() throws {
    let seed = lawSeed()
    var random = SeededGenerator(seed: seed)
    for number in 0..<200 {
      let made = try Case(&random)
      let groups = groups(made)
      let lines = made.catalog.places.values.filter { $0.format == .import }
      var best: Score?
      for imports in [[]] + lines.map({ [$0] }) {
        // A line that nobody takes is never written.
        if let line = imports.first, !made.catalog.platforms.contains(where: { $0.takes.values.joined().contains(line.id) }) { continue }
        let scores = groups.map { group -> Score in
          let ids = candidates(group, imports: imports, made)
          return (0..<(1 << ids.count)).map { subset in
            score(group, at: Set(ids.indices.filter { subset & (1 << $0) != 0 }.map { ids[$0] }), imports: imports, made)
          }.min() ?? Score(parts: [])
        }
        let total = sum(scores)
        best = best.map { min($0, total) } ?? total
      }
      let layout = layOut(made.tree, for: made.catalog.platforms.map(\.id), in: made.catalog, surroundings: made.surroundings)
      let found = lines.map { [$0] } + [[]]
      let own = found.map { imports in
        sum(
          groups.map { group in
            let places = Set(layout.deliveries.filter { delivery in group.artifacts.contains { $0.id == delivery.artifact.id } }.map(\.place.id))
            return score(group, at: places, imports: imports, made)
          })
      }
      // Lines that lead nowhere are not in the layout, whatever was assumed.
      let isBest = own.contains { $0 == best }
      #expect(isBest, "seed \(seed), case \(number): \(own.map(\.parts)) but the best is \(best?.parts ?? [])\n\(made.text)")
      if !isBest { return }
    }
    print("layouts against brute force: 200 cases, seed \(seed)")
  }
}
