import ArgumentParser
import Diagnostics
import Formats

/// What a command takes that refuses to lose too much.
struct LossOptions: ParsableArguments {
  @Option(
    name: .customLong("max-loss"), help: ArgumentHelp("Exit with 1, and write nothing, when a platform would lose more fields.", valueName: "n"))
  var most: Int?

  func validate() throws {
    if let most, most < 0 { throw ValidationError("--max-loss is a number from 0 on") }
  }

  /// - Throws: `CommandFailure` that names each platform that would lose more, with the first of its losses.
  func check(_ pipeline: Pipeline) throws {
    guard let most else { return }
    let counts = pipeline.rendering.lossCounts.filter { $0.value > most }.sorted { $0.key < $1.key }
    guard !counts.isEmpty else { return }
    let losses = Dictionary(grouping: pipeline.rendering.losses, by: \.platform)
    let found = counts.map { platform, count in
      Diagnostic(
        .error, "loss/too-many", "`\(platform)` loses \(count) of what the tree says, and at most \(most) \(most == 1 ? "is" : "are") allowed",
        notes: (losses[platform] ?? []).prefix(5).map { "\($0.artifact): `\($0.field)` is \($0.kind.words): \($0.reason)" },
        help: "`aiwg deploy --dry-run -v` names each; take the fields out, put them into the text with `show:`, or raise --max-loss")
    }
    throw CommandFailure(.drift, diagnostics: found)
  }
}
