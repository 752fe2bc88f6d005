package import Diagnostics
package import FileTree
import Globs
package import Layout
package import Platforms

/// A warning for each file that is longer than a platform that reads it can hold, by an output or by the user's own text.
package func findingsOverLimits(_ desired: DesiredTree, for selected: [String], in catalog: PlatformCatalog, surroundings: Surroundings)
  -> [Diagnostic]
{
  let limits = selected.compactMap(catalog.platform).flatMap { platform in
    platform.limits.filter { $0.field == nil }.map { (platform: platform.id, limit: $0, glob: Glob($0.path)) }
  }
  var frames = surroundings.frames
  var found: [Diagnostic] = []
  for output in desired.outputs {
    let frame = frames.removeValue(forKey: output.path.text)
    let around = frame?.size ?? TextSize()
    // No text has more characters than bytes, which nearly always settles it.
    guard let bytes = size(of: output, in: .bytes) else { continue }
    for entry in limits where bytes + around.bytes > entry.limit.most && output.platforms.contains(entry.platform) {
      guard entry.glob.matches(output.path.text), let own = size(of: output, in: entry.limit.unit) else { continue }
      let breaks = frame?.hasWindowsLineBreaks ?? false ? size(of: output, in: .bytes, onlyLineBreaks: true) ?? 0 : 0
      let size = own + around[entry.limit.unit] + breaks
      guard size > entry.limit.most else { continue }
      found.append(
        overLimit(
          output.path.text, size, frame, (entry.platform, entry.limit), origin: output.origins.count == 1 && frame == nil ? output.origins[0] : nil))
    }
  }
  // Files that are the user's alone.
  for (file, frame) in frames.sorted(by: { $0.key < $1.key }) {
    for entry in limits where frame.users[entry.limit.unit] > entry.limit.most && entry.glob.matches(file) {
      found.append(overLimit(file, frame.users[entry.limit.unit], frame, (entry.platform, entry.limit), origin: nil))
    }
  }
  return found
}

private func overLimit(
  _ file: String, _ size: Int, _ frame: Surroundings.Frame?, _ entry: (platform: String, limit: Platform.Limit), origin: String?
) -> Diagnostic {
  let unit = entry.limit.unit
  let users = frame.flatMap { $0.users[unit] > 0 ? ", \($0.users[unit]) of them yours" : nil } ?? ""
  return Diagnostic(
    .warning, "platform/over-limit",
    "`\(file)` has \(size) \(unit.rawValue)\(users); `\(entry.platform)` takes \(entry.limit.most) and \(entry.limit.beyond)",
    at: origin.map { SourcePlace(path: $0) } ?? (users.isEmpty ? nil : SourcePlace(path: file)),
    help: users.isEmpty
      ? "shorten it, give rules `globs` or `activation: model`, or leave the platform out with `platforms: [\"!\(entry.platform)\"]`"
      : "shorten your own text there, or move parts of it into rules")
}

/// Nil for files that are copied unread.
private func size(of output: DesiredOutput, in unit: Platform.Limit.Unit, onlyLineBreaks: Bool = false) -> Int? {
  let parts: [[UInt8]]
  switch output.form {
  case .file(.bytes(let bytes), _), .block(let bytes, _): parts = [bytes]
  case .file(.parts(let all), _): parts = all
  case .file(.copy, _): return nil
  }
  if onlyLineBreaks { return parts.reduce(0) { total, part in total + part.count { $0 == UInt8(ascii: "\n") } } }
  // Bytes that continue a character do not begin one.
  return parts.reduce(0) { total, part in total + (unit == .bytes ? part.count : part.count { $0 & 0xC0 != 0x80 }) }
}
