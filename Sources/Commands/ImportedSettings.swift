import ContextModel
import Diagnostics
import FileTree
import Formats
import Importing
import JSON
import SettingsFiles

extension ImportReport {
  /// What becomes of a value in a settings file, as a line; with it, what is said otherwise than before.
  func lines(about setting: TakenSetting) -> String {
    let start = "\(setting.shownPlace): `\(setting.shown.escapedForDisplay)` → \(importation.shown(setting.became).escapedForDisplay)"
    let outputs = outputs(of: setting)
    if outputs.contains(where: { $0.path == setting.path && $0.says(setting.piece) }) { return start + ", and stays as it is\n" }
    if let (_, value) = outputs.lazy.compactMap({ output in output.path == setting.path ? output.replacing(setting.piece).map { (output, $0) } : nil }
    )
    .first {
      let old = String(decoding: jsonText(of: setting.piece.value), as: UTF8.self)
      return start + ", and is written anew:\n    -\(old.escapedForDisplay)\n    +\(value.escapedForDisplay)\n"
    }
    if outputs.contains(where: { $0.path == setting.path }) { return start + ", and is written in another way\n" }
    let others = outputs.map(\.path).filter { $0 != setting.path }.map(\.text.escapedForDisplay)
    return start + (others.isEmpty ? ", and goes\n" : ", and goes to \(others.joined(separator: ", "))\n")
  }

  /// The outputs that say it to the platforms that it was for.
  private func outputs(of setting: TakenSetting) -> [DesiredOutput] {
    let origin = pipeline.repository.shownAs + importation.shown(setting.became)
    let platforms = Set(setting.platforms)
    return pipeline.rendering.desired.outputs.filter { $0.origins.contains(origin) && !platforms.isDisjoint(with: $0.platforms) }
  }

  /// What became of everything that was found, for programs.
  func json() -> [(String, JSONValue)] {
    let files = importation.result.taken.map { file in
      JSONValue.object([
        ("path", .text(file.path.text)), ("line", .null), ("member", .null), ("platforms", .texts(file.platforms)),
        ("became", .texts(file.became.map(importation.shown))), ("notes", .texts(file.notes)),
      ])
    }
    let settings = importation.result.takenSettings.map { setting in
      JSONValue.object([
        ("path", .text(setting.path.text)), ("line", .optional(setting.place.line)), ("member", .text(setting.shown)),
        ("platforms", .texts(setting.platforms)), ("became", .texts([importation.shown(setting.became)])), ("notes", .texts([])),
      ])
    }
    let left = (importation.found.leftAlone + importation.result.leftAlone).map { path, reason in
      JSONValue.object([("path", .text(path.text)), ("reason", .text(reason))])
    }
    return [("imported", .list(files + settings)), ("left", .list(left))]
  }
}

extension TakenSetting {
  fileprivate var shownPlace: String { place.path.escapedForDisplay + (place.line.map { ":\($0)" } ?? "") }
}

extension DesiredOutput {
  /// Whether the settings file is to have just that.
  fileprivate func says(_ piece: SettingsPiece) -> Bool {
    settings(like: piece).contains { fieldValue(ofJSON: $0.value)?.isSame(as: piece.value) ?? false }
  }

  /// What takes the place of a member, as JSON.
  fileprivate func replacing(_ piece: SettingsPiece) -> String? {
    guard piece.kind == .member else { return nil }
    return settings(like: piece).first.map { String(decoding: $0.value, as: UTF8.self) }
  }

  private func settings(like piece: SettingsPiece) -> [DesiredSetting] {
    guard case .settings(let settings, _) = form else { return [] }
    return settings.filter { $0.path == piece.path && $0.isElement == (piece.kind == .element) }
  }
}
