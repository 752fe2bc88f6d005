package import Diagnostics
package import FileTree
package import Layout
package import Platforms

/// A warning for each file that is longer than a platform that reads it can hold, by an output or by the user's own text.
package func findingsOverLimits(
  _ desired: DesiredTree, for selected: [String], in catalog: PlatformCatalog, surroundings: Surroundings
) -> [Diagnostic] {
  let platforms = selected.compactMap(catalog.platform)
  let limits = PlatformLimits(platforms)
  var frames = surroundings.frames
  var found: [Diagnostic] = []
  for output in desired.outputs {
    let frame = frames.isEmpty ? nil : frames.removeValue(forKey: output.path.text)
    // Of nearly all it is enough to know how many bytes they are: no text has more characters than that.
    if frame == nil {
      let count = output.byteCount
      let isPassed = { (limit: Platform.Limit) in limit.field == nil && count > limit.most }
      guard limits.mayBePassed(by: count, of: output.platforms), !limits.on(output.path.text, of: output.platforms, where: isPassed).isEmpty
      else { continue }
    }
    guard let length = output.length else { continue }
    let size = frame?.size(holding: length) ?? length
    for entry in limits.on(output.path.text, of: output.platforms, where: size.passes) {
      let origin = output.origins.count == 1 && frame == nil ? output.origins[0] : nil
      found.append(overLimit(output.path.text, size, users: frame?.users, entry, origin: origin))
    }
  }
  // Files that are the user's alone.
  for (file, frame) in frames.sorted(by: { $0.key < $1.key }) {
    for entry in limits.on(file, where: frame.users.passes) {
      found.append(overLimit(file, frame.users, users: frame.users, entry, origin: nil))
    }
  }
  return found
}

private func overLimit(_ file: String, _ size: TextSize, users: TextSize?, _ entry: PlatformLimit, origin: String?) -> Diagnostic {
  let unit = entry.limit.unit
  let own = users.flatMap { $0[unit] > 0 ? ", \($0[unit]) of them yours" : nil } ?? ""
  return Diagnostic(
    .warning, "platform/over-limit",
    "`\(file)` has \(size[unit]) \(unit.rawValue)\(own); `\(entry.platform)` takes \(entry.limit.most) and \(entry.limit.beyond)",
    at: origin.map { SourcePlace(path: $0) } ?? (own.isEmpty ? nil : SourcePlace(path: file)),
    help: own.isEmpty
      ? "shorten it, give rules `globs` or `activation: model`, or leave the platform out with `platforms: [\"!\(entry.platform)\"]`"
      : "shorten your own text there, or move parts of it into rules")
}

extension TextSize {
  /// Whether a file of that size is too long.
  fileprivate func passes(_ limit: Platform.Limit) -> Bool { limit.field == nil && self[limit.unit] > limit.most }
}

extension DesiredOutput {
  /// How long the file or the block is; nil for one that is copied unread.
  var length: TextSize? { parts?.reduce(into: TextSize()) { $0 += TextSize(of: $1) } }

  fileprivate var byteCount: Int { parts?.reduce(0) { $0 + $1.count } ?? 0 }

  private var parts: [ArraySlice<UInt8>]? {
    switch form {
    case .file(.bytes(let bytes), _), .block(let bytes, _): [bytes[...]]
    case .file(.parts(let parts), _): parts
    case .file(.copy, _), .settings: nil
    }
  }
}
