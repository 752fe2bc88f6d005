import ContextModel
import Diagnostics
import FileTree
import Formats
import Platforms

extension SettingsRendering {
  /// The members and elements of a settings file for what is permitted.
  mutating func add(_ delivery: PermissionDelivery, to files: inout [TreePath: File]) {
    guard let dialect = delivery.entry.dialect.permissions else { return }
    var origins: [Artifact] = []
    var refused: Set<Permission> = []
    var permissions = delivery.permissions?.permissions ?? []
    if let ignore = delivery.ignore {
      let (said, unsaid) = IgnoreLines(ignore.body.bytes).refusals()
      let hidden = said.map(\.permission)
      for (line, reason) in unsaid { lose(ignore, line, reason, delivery.platforms) }
      refused = Set(hidden).subtracting(permissions)
      permissions += refused.isEmpty ? [] : hidden.filter(refused.contains)
      if !hidden.isEmpty { origins.append(ignore) }
    }
    let rendering = PermissionRendering(permissions, in: dialect)
    let places = delivery.permissions?.permissionPlaces ?? [:]
    for lost in rendering.losses {
      let isRefused = refused.contains(lost.permission)
      guard let artifact = isRefused ? delivery.ignore : delivery.permissions else { continue }
      lose(
        artifact, lost.permission.description, lost.reason, delivery.platforms, lost.kind, at: isRefused ? nil : places[lost.permission])
    }
    if delivery.place.isLines, !rendering.lines.isEmpty {
      let block = Array((rendering.lines.joined(separator: "\n") + "\n").utf8)
      let all = origins + [delivery.permissions].compactMap(\.self)
      take(
        DesiredOutput(
          path: delivery.place.path, form: .block(block, .hash), origins: Set(all.map(\.text.path)).sorted(), platforms: delivery.platforms.sorted()))
    }
    guard !rendering.settings.isEmpty else { return }
    if let own = delivery.permissions { origins.append(own) }
    var file = files[delivery.place.path] ?? File(place: delivery.place)
    file.settings += rendering.settings
    file.origins += origins.map(\.text.path)
    file.platforms.formUnion(delivery.platforms)
    files[delivery.place.path] = file
  }

  /// The managed block of an ignore file.
  mutating func add(_ delivery: IgnoreDelivery) {
    var lines = IgnoreLines(delivery.artifact.body.bytes).lines
    if delivery.file.lacksNegation {
      for line in lines where line.hasPrefix("!") { lose(delivery.artifact, line, "it cannot take back what a line ignores", delivery.platforms) }
      lines.removeAll { $0.hasPrefix("!") }
    }
    guard !lines.isEmpty else { return }
    let block = Array((lines.joined(separator: "\n") + "\n").utf8)
    take(
      DesiredOutput(
        path: delivery.file.path, form: .block(block, .hash), origins: [delivery.artifact.text.path], platforms: delivery.platforms.sorted()))
  }
}
