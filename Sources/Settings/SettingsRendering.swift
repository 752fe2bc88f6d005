import ContextModel
package import Diagnostics
package import FileTree
package import Formats
import Platforms
import SettingsFiles

/// What the servers and hooks of a tree come to: members of settings files, and what was lost on the way.
package struct SettingsRendering: Sendable {
  package private(set) var outputs: [DesiredOutput] = []
  package private(set) var losses: [Loss] = []
  /// What platforms read twice, or although it excludes them.
  package private(set) var findings: [Diagnostic] = []

  /// A settings file in the making.
  struct File {
    var place: SettingsPlace
    var settings: [DesiredSetting] = []
    var origins: [String] = []
    var platforms: Set<String> = []
  }

  /// A pure function: same values, same bytes.
  package init(_ layout: SettingsLayout) {
    var files: [TreePath: File] = [:]
    for delivery in layout.deliveries { add(delivery, to: &files) }
    for delivery in layout.permissions { add(delivery, to: &files) }
    for (path, file) in files where !file.settings.isEmpty {
      let needs = file.place.needs.compactMap { rule -> DesiredSetting? in
        guard case .constant(let value) = rule.source else { return nil }
        var setting = DesiredSetting(path: [rule.key], value: jsonText(of: value))
        setting.isOwned = false
        return setting
      }
      outputs.append(
        DesiredOutput(
          path: path, form: .settings(needs + file.settings, file.place.syntax), origins: Set(file.origins).sorted(),
          platforms: file.platforms.sorted()))
    }
    for delivery in layout.ignoreFiles { add(delivery) }
    outputs.sort { $0.path < $1.path }
    for (platform, artifact) in layout.missing {
      lose(artifact, artifact.whole, artifact.settingKind.missingPlace, [platform])
    }
    for (platform, artifact, place) in layout.unwanted {
      findings.append(
        Diagnostic(
          .warning, "layout/unwanted", "`\(platform)` reads `\(artifact.id)`, which excludes it: at `\(place.path.text)`", at: artifact.text.whole))
    }
    for (platform, artifact, places) in layout.repeated {
      let paths = places.map { "`\($0.path.text)`" }.joined(separator: " and ")
      findings.append(
        Diagnostic(.warning, "layout/repeated", "`\(platform)` reads `\(artifact.id)` more than once: at \(paths)", at: artifact.text.whole))
    }
    for (platform, artifact, place) in layout.readElsewhere {
      findings.append(
        Diagnostic(
          .warning, "layout/read-otherwise", "`\(platform)` reads the permissions in `\(place.path.text)` as well, and not as they are meant there",
          at: artifact.text.whole, help: "say what may be wider for it in that platform's own settings, or leave one of the two platforms out"))
    }
    losses.sort()
  }

  private mutating func add(_ delivery: SettingsDelivery, to files: inout [TreePath: File]) {
    let artifact = delivery.artifact
    if delivery.platforms.count > 1 {
      for platform in delivery.platforms {
        for field in artifact.overrides[platform] ?? [] {
          lose(artifact, platform + "." + field.key, "`\(delivery.place.path.text)` is shared with other platforms", [platform])
        }
      }
    }
    do throws(Refused) {
      let (setting, _, unsaid) = try SettingsLens(delivery).written()
      for loss in unsaid { lose(artifact, loss.field, loss.reason, delivery.platforms) }
      var file = files[delivery.place.path] ?? File(place: delivery.place)
      file.settings.append(setting)
      file.origins.append(artifact.text.path)
      file.platforms.formUnion(delivery.platforms)
      files[delivery.place.path] = file
    } catch {
      lose(artifact, artifact.whole, "\(error.reason) (`\(artifact.name(of: error.field))`)", delivery.platforms)
    }
  }

  /// Adds an output.
  mutating func take(_ output: DesiredOutput) { outputs.append(output) }

  mutating func lose(
    _ artifact: Artifact, _ field: String, _ reason: String, _ platforms: [String], _ kind: Loss.Kind = .dropped, at place: SourcePlace? = nil
  ) {
    for platform in platforms {
      losses.append(
        Loss(platform: platform, artifact: artifact.id, field: field, kind: kind, reason: reason, place: place ?? artifact.text.whole))
    }
  }
}

extension ArtifactKind {
  /// That a platform has nowhere to put it, in words.
  fileprivate var missingPlace: String {
    self == .ignore ? "it has no ignore file, and no permissions that could say it" : "no settings file of its own is known for \(folder)"
  }
}

extension Artifact {
  /// What is lost when nothing of it can be put into settings: the text of a behavior is a rule all the same.
  fileprivate var whole: String { id.kind == .behavior ? "command" : "everything" }

  /// A field of a hook as its author wrote it.
  fileprivate func name(of field: String) -> String {
    guard id.kind == .behavior, field == "event", let event = hookEvent else { return field }
    return "on: " + event.rawValue
  }
}
