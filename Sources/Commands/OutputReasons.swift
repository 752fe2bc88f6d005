import ContextModel
import Diagnostics
import FileTree
import Formats
import JSON
import Layout
import Platforms

/// Why an output is where it is: whom it is for, and which places those would rather have.
struct OutputReasons {
  private let path: TreePath
  private var groups: [Group] = []
  private var lines: [Layout.ImportLine]

  /// Artifacts that are there for the same platforms and reasons.
  private struct Group {
    var artifacts: [ArtifactID]
    var platforms: [String]
    var passedOver: [Layout.PassedOver]
  }

  /// - Throws: `CommandFailure` when aiwg renders nothing at that path.
  init(of file: String, _ options: CommonOptions) throws {
    let pipeline = try Pipeline(options)
    let path = try pipeline.repository.path(of: file)
    self.path = path
    lines = pipeline.layout.imports.filter { $0.path == path }
    let deliveries = pipeline.layout.deliveries.filter { delivery in
      delivery.path == path || delivery.place.format == .skill && delivery.path.parent.map { path.isInside($0) } ?? false
    }
    guard !deliveries.isEmpty || !lines.isEmpty else {
      throw CommandFailure(.invalid, "aiwg renders no `\(file)`", id: "usage/no-output", help: "`aiwg status -v` lists the outputs")
    }
    let reasons = pipeline.renderer.reasons(for: pipeline.selection.platforms, surroundings: pipeline.surroundings)
    for delivery in deliveries { add(delivery, reasons) }
  }

  private mutating func add(_ delivery: Layout.Delivery, _ reasons: [Layout.PassedOver]) {
    let id = delivery.artifact.id
    let own = reasons.filter { $0.artifacts.contains(id) && delivery.platforms.contains($0.platform) }
    if let index = groups.firstIndex(where: { $0.platforms == delivery.platforms && $0.passedOver == own }) {
      groups[index].artifacts.append(id)
    } else {
      groups.append(Group(artifacts: [id], platforms: delivery.platforms, passedOver: own))
    }
  }

  var text: String {
    var out = lines.map { "the line `\($0.line)` is there for \($0.platforms.joined(separator: ", "))\n" }.joined()
    for group in groups {
      out += group.artifacts.map(\.description).joined(separator: ", ") + "\n  for \(group.platforms.joined(separator: ", "))\n"
      if group.passedOver.isEmpty { out += "  no platform would rather have another place\n" }
      out += columns(group.passedOver.map { ["\($0.platform) not at \($0.place):", $0.reason] }, margin: "  ")
    }
    return out
  }

  var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("explain")), ("exit", .number(0)), ("path", .text(path.text)),
      ("lines", .list(lines.map { .object([("line", .text($0.line)), ("platforms", .texts($0.platforms))]) })),
      (
        "artifacts",
        .list(
          groups.map { group in
            .object([
              ("artifacts", .texts(group.artifacts.map(\.description))), ("platforms", .texts(group.platforms)),
              (
                "passedOver",
                .list(
                  group.passedOver.map {
                    .object([("platform", .text($0.platform)), ("place", .text($0.place)), ("reason", .text($0.reason))])
                  })
              ),
            ])
          })
      ),
    ])
  }
}
