package import ContextModel
package import Diagnostics
package import FileTree
package import Formats
package import Platforms
import SettingsFiles

/// What the servers and hooks of a tree come to: members of settings files, and what was lost on the way.
package struct SettingsRendering: Sendable {
  package private(set) var outputs: [DesiredOutput] = []
  package private(set) var losses: [Loss] = []
  /// What platforms read twice, or although it excludes them.
  package private(set) var findings: [Diagnostic] = []

  private struct File {
    var place: SettingsPlace
    var settings: [DesiredSetting] = []
    var origins: [String] = []
    var platforms: Set<String> = []
  }

  /// A pure function: same values, same bytes.
  package init(_ layout: SettingsLayout) {
    var files: [TreePath: File] = [:]
    for delivery in layout.deliveries { add(delivery, to: &files) }
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
    outputs.sort { $0.path < $1.path }
    for (platform, artifact) in layout.missing {
      lose(artifact, artifact.whole, "no settings file of its own is known for \(artifact.settingKind.folder)", [platform])
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
    losses.sort()
  }

  private mutating func add(_ delivery: SettingsDelivery, to files: inout [TreePath: File]) {
    let artifact = delivery.artifact
    let alone = delivery.platforms.count == 1 ? delivery.platforms[0] : nil
    let fields = alone.map(artifact.fields(on:)) ?? artifact.fields
    let own = Set(alone.flatMap { artifact.overrides[$0]?.map(\.key) } ?? [])
    if alone == nil {
      for platform in delivery.platforms {
        for field in artifact.overrides[platform] ?? [] {
          lose(artifact, platform + "." + field.key, "`\(delivery.place.path.text)` is shared with other platforms", [platform])
        }
      }
    }
    do throws(Refused) {
      let setting: DesiredSetting
      let unsaid: [Unsaid]
      if artifact.settingKind == .hook {
        let hook = try HookRendering(artifact, fields: fields, own: own, in: delivery.entry.dialect)
        setting = DesiredSetting(path: delivery.entry.path + [hook.event], isElement: true, value: jsonText(of: hook.value))
        unsaid = hook.unsaid
      } else {
        let server = try ServerRendering(artifact, fields: fields, own: own, in: delivery.entry.dialect)
        setting = DesiredSetting(path: delivery.entry.path + [artifact.id.name], value: jsonText(of: .map(server.members)))
        unsaid = server.unsaid
      }
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

  private mutating func lose(_ artifact: Artifact, _ field: String, _ reason: String, _ platforms: [String]) {
    for platform in platforms {
      losses.append(Loss(platform: platform, artifact: artifact.id, field: field, kind: .dropped, reason: reason, place: artifact.text.whole))
    }
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
