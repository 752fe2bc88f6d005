import Diagnostics
import Platforms

/// What a selection is to hear about the platforms in it: those that came to an end, and new ones whose entry is not sure.
///
/// - Parameters:
///   - recorded: what aiwg.yaml had before; whoever chose a platform has heard how sure its entry is.
///   - place: where aiwg.yaml names a platform.
func lifeFindings(
  _ selection: Selection, recorded: [String]?, isChosen: Bool, in catalog: PlatformCatalog, at place: (String) -> SourcePlace?
) -> [Diagnostic] {
  let platforms = selection.platforms.compactMap(catalog.platform)
  var found: [Diagnostic] = []
  for platform in platforms {
    guard let retired = platform.retired else { continue }
    let change = (platforms.contains { $0.id == retired.successor } ? "" : "+\(retired.successor),") + "-\(platform.id)"
    let name = (recorded ?? []).first { catalog.ids[$0] == platform.id }
    found.append(
      Diagnostic(
        .warning, "platform/retired", retired.sentence(about: platform), at: name.flatMap(place),
        help: "its successor is `\(retired.successor)`: `aiwg deploy --platforms \(change)`"))
  }
  let known = Set((recorded ?? []).compactMap { catalog.ids[$0] })
  let unsure = platforms.filter { $0.experimental != nil && !known.contains($0.id) && !(recorded ?? []).contains("all") }.map(\.id)
  if isChosen, !unsure.isEmpty {
    let message =
      "\(unsure.map { "`\($0)`" }.joined(separator: ", ")) \(unsure.count == 1 ? "is" : "are") experimental: aiwg may put files where they are not read"
    found.append(Diagnostic(.warning, "platform/experimental", message, help: "`aiwg platforms \(unsure[0])` says what its entry rests on"))
  }
  return found
}

extension Platform.Retirement {
  /// Since when and why, in words.
  func sentence(about platform: Platform) -> String { "`\(platform.id)` is retired since \(since): \(why.asClause)" }
}

extension String {
  /// Without the full stop at its end, to stand in a message.
  fileprivate var asClause: Substring { hasSuffix(".") ? dropLast() : self[...] }
}
