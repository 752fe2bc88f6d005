import ContextModel
import Diagnostics
import FileTree
import Platforms

/// Artifacts whose text alone is longer than what a selected platform takes at the place that is best for them.
///
/// What only together is too long is for a deploy to say: it depends on all else that goes there.
func tooLong(_ input: LintInput) -> ArtifactCheck {
  let rooms = Rooms(input)
  return { artifact in
    guard ArtifactKind.texts.contains(artifact.id.kind), artifact.body.bytes.count > rooms.least else { return [] }
    let (passed, size) = rooms.passed(by: artifact)
    guard let first = passed.first else { return [] }
    let notes = passed.map { room in
      "`\(room.limit.platform)` takes \(room.limit.limit.most) \(room.limit.limit.unit.rawValue) of `\(room.path)` and \(room.limit.limit.beyond)"
    }
    let unit = first.limit.limit.unit
    let others = Set(passed.map(\.limit.platform)).sorted().map { "\"!\($0)\"" }.joined(separator: ", ")
    let help = artifact.isRule ? "shorten it, or make a skill of it" : "shorten it, or move parts of it into files beside a skill"
    let finding = Diagnostic(
      .warning, "limit/too-long", "the text has \(size[unit]) \(unit.rawValue), more than fits", at: artifact.text.whole, notes: notes,
      help: help + "; or leave platforms out with `platforms: [\(others)]`")
    return [LintFinding(finding)]
  }
}

/// What fits where, for each shape.
private struct Rooms {
  struct Room {
    var path: String
    var limit: PlatformLimit
  }

  private var rooms: [Shape: [Room]] = [:]
  let least: Int

  init(_ input: LintInput) {
    for shape in Shape.all {
      rooms[shape] = input.platforms.flatMap { platform -> [Room] in
        guard let place = platform.takes[shape]?.first.flatMap({ input.catalog.places[$0] }), let file = place.mainFile(name: "x") else { return [] }
        let limits = PlatformLimits([platform]).on(file.text) { $0.field == nil && $0.keeps != .all }
        return limits.map { Room(path: place.path.text, limit: $0) }
      }
    }
    least = rooms.values.joined().map(\.limit.limit.most).min() ?? .max
  }

  func passed(by artifact: Artifact) -> (rooms: [Room], size: TextSize) {
    // No text has more characters than bytes.
    let near = artifact.shapes.flatMap { rooms[$0] ?? [] }.filter { artifact.body.bytes.count > $0.limit.limit.most }
    guard !near.isEmpty else { return ([], TextSize()) }
    let size = TextSize(of: artifact.body.bytes)
    return (near.filter { artifact.audience.includes($0.limit.platform) && size[$0.limit.limit.unit] > $0.limit.limit.most }, size)
  }
}
