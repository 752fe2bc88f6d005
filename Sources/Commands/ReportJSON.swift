import JSON
import Platforms
import Reporting

extension Report {
  /// For programs; platforms by id.
  var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("report")), ("exit", .number(0)),
      ("madeBy", .object([("aiwg", .text(madeBy.version)), ("data", .text(madeBy.data))])),
      ("platforms", .list(platforms.map(json))), ("artifacts", .list(artifacts.map(json))), ("losses", .list(losses.map(json))),
      (
        "repeats",
        .list(
          repeats.map {
            .object([
              ("start", .text($0.start)), ("tokens", .number($0.tokens)), ("at", .list($0.spots.map(json))), ("platforms", ids($0.platforms)),
            ])
          })
      ),
      ("exceptions", .list(exceptions.map(json))), ("check", json(drift)), ("sources", .list(sources.map(json))),
      (
        "own",
        .list(
          own.map {
            .object([
              ("path", .text($0.path)), ("what", .text($0.what)), ("tokens", .number($0.tokens)), ("platforms", ids($0.platforms)),
            ])
          })
      ),
      ("findings", .list(findings.map(json))),
    ])
  }

  private func ids(_ numbers: [Int]) -> JSONValue { .texts(numbers.map { platforms[$0].id }) }

  private func json(_ spot: Spot) -> JSONValue {
    .object([("path", .text(spot.path)), ("line", spot.line > 0 ? .number(spot.line) : .null)])
  }

  private func json(_ platform: Platform) -> JSONValue {
    .object([
      ("id", .text(platform.id)), ("name", .text(platform.name)), ("docs", .text(platform.docs)), ("verified", .text(platform.verified)),
      ("standing", .text(platform.standing)), ("files", .number(platform.files)), ("losses", .number(platform.losses)),
      ("startTokens", .optional(platform.startTokens)), ("trouble", .optional(platform.trouble)), ("surface", .text(platform.surface)),
      (
        "start",
        .list(
          platform.start.map {
            .object([
              ("path", .text($0.path)), ("files", .number($0.files)), ("bytes", .number($0.bytes)), ("tokens", .number($0.tokens)),
              ("owner", .text($0.owner.rawValue)), ("listing", .bool($0.isListing)),
            ])
          })
      ),
    ])
  }

  private func json(_ artifact: Artifact) -> JSONValue {
    .object([
      ("id", .text(artifact.id)), ("file", .text(artifact.file)), ("source", .optional(artifact.source)), ("tokens", .number(artifact.tokens)),
      (
        "routes",
        .list(
          artifact.routes.map {
            .object([
              ("way", .text($0.way.rawValue)), ("path", .text($0.path)), ("detail", .text($0.detail)), ("platforms", ids($0.platforms)),
            ])
          })
      ),
    ])
  }

  private func json(_ loss: Loss) -> JSONValue {
    .object([
      ("field", .text(loss.field)), ("fate", .text(loss.fate)), ("reason", .text(loss.reason)), ("platforms", ids(loss.platforms)),
      ("at", .list(loss.spots.map(json))),
    ])
  }

  private func json(_ note: Note) -> JSONValue {
    .object([
      ("id", .text(note.id)), ("severity", .text(note.severity)), ("message", .text(note.words)), ("at", note.spot.map(json) ?? .null),
    ])
  }

  private func json(_ source: Source) -> JSONValue {
    .object([
      ("kind", .text(source.kind)), ("name", .text(source.name)), ("revision", .text(source.revision)), ("notes", .texts(source.notes)),
      ("artifacts", .number(source.artifacts)),
    ])
  }

  private func json(_ drift: Drift) -> JSONValue {
    .object([
      ("exit", .number(drift.exit)), ("words", .text(drift.words)), ("outputs", .number(drift.outputs)),
      (
        "changes",
        .list(
          drift.changes.map {
            .object([
              ("path", .text($0.path)), ("change", .text($0.word)), ("reason", .text($0.reason)), ("origins", .texts($0.origins)),
            ])
          })
      ),
      ("conflicts", .list(drift.conflicts.map(json))),
    ])
  }
}
