import Diagnostics
import FileTree
import Globs
import Platforms

/// A warning for each output that is longer than a platform that it is for can hold.
func findingsOverLimits(_ desired: DesiredTree, catalog: PlatformCatalog) -> [Diagnostic] {
  let limits = catalog.platforms.flatMap { platform in
    platform.limits.filter { $0.field == nil }.map { (platform: platform, limit: $0, glob: Glob($0.path)) }
  }
  let least = limits.map(\.limit.most).min() ?? .max
  return desired.outputs.flatMap { output -> [Diagnostic] in
    // No text has more characters than bytes, which nearly always settles it.
    guard let bytes = size(of: output, in: .bytes), bytes > least else { return [] }
    return limits.filter { bytes > $0.limit.most && output.platforms.contains($0.platform.id) && $0.glob.matches(output.path.text) }.compactMap {
      entry in
      guard let size = size(of: output, in: entry.limit.unit), size > entry.limit.most else { return nil }
      return Diagnostic(
        .warning, "platform/over-limit",
        "`\(output.path)` has \(size) \(entry.limit.unit.rawValue); `\(entry.platform.id)` takes \(entry.limit.most) and \(entry.limit.beyond)",
        at: output.origins.count == 1 ? SourcePlace(path: output.origins[0]) : nil,
        help: "shorten it, give rules `globs` or `activation: model`, or leave the platform out with `platforms: [\"!\(entry.platform.id)\"]`")
    }
  }
}

/// Nil for files that are copied unread.
private func size(of output: DesiredOutput, in unit: Platform.Limit.Unit) -> Int? {
  let parts: [[UInt8]]
  switch output.form {
  case .file(.bytes(let bytes), _), .block(let bytes, _): parts = [bytes]
  case .file(.parts(let all), _): parts = all
  case .file(.copy, _): return nil
  }
  // Bytes that continue a character do not begin one.
  return parts.reduce(0) { total, part in total + (unit == .bytes ? part.count : part.count { $0 & 0xC0 != 0x80 }) }
}
