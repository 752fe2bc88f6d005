import ContextModel
import Diagnostics
import FileTree
import Git
import Platforms
import ProjectFile

/// What `aiwg doctor` says of aiwg.local.yaml; nothing when there is none.
///
/// - Parameters:
///   - base: the project's sources; nil when they cannot be read, and then the file is looked at by itself.
///   - selected: platforms of the project.
/// - Throws: `CommandFailure` with what a sync would end with.
func checkupsOfOverlay(in repository: Repository, onto base: Sources?, selected: [String], _ history: GitHistory?) throws -> [Checkup] {
  guard let text = try repository.bytes(of: Overlay.path) else { return [] }
  let tracked = history.flatMap { Overlay.findingAboutGit($0, in: repository) }.map { [Checkup($0)] } ?? []
  guard let base else {
    var found: [Diagnostic] = []
    guard ProjectFile(overlay: text, diagnostics: &found) != nil else { throw CommandFailure(.invalid, diagnostics: found) }
    return tracked
  }
  guard let overlay = try Overlay(in: repository, onto: base, locale: nil) else { return [] }
  let words = overlay.configuration.project.platforms ?? []
  let holds = [counted(overlay.texts.artifacts.count + overlay.settings.count, "artifact")] + words.map { "`\($0)`" }
  let place = SourcePlace(path: repository.shownAs + Overlay.path)
  return tracked + overlay.diagnostics.filter { $0.severity != .note }.map { Checkup($0) }
    + overlay.checkups(ofPlatformsBesides: selected, in: base.catalog)
    + [Checkup(.ok, "overlay", "valid, with " + holds.joined(separator: ", "), at: place)]
}

extension Overlay {
  /// Platforms that only this person uses, and that are retired or not sure.
  fileprivate func checkups(ofPlatformsBesides selected: [String], in catalog: PlatformCatalog) -> [Checkup] {
    let words = configuration.project.platforms ?? []
    return added.subtracting(selected).sorted().compactMap(catalog.platform).flatMap { platform -> [Checkup] in
      let word = words.first { $0.hasPrefix("+") && catalog.ids[String($0.dropFirst())] == platform.id }
      let place = word.flatMap(configuration.place(ofPlatform:))
      var found: [Checkup] = []
      if let retired = platform.retired {
        let help = "its successor is `\(retired.successor)`: write `+\(retired.successor)` in place of `\(word ?? "+" + platform.id)`"
        found.append(Checkup(Diagnostic(.warning, "platform/retired", retired.sentence(about: platform), at: place, help: help)))
      }
      if let unsure = Checkup(unsure: platform, at: place) { found.append(unsure) }
      return found
    }
  }
}
