import Applying
import Diagnostics
import Disk
import FileTree
import Git
import Planning
import SharedFiles

/// What aiwg left at the places of outputs: kept beside the repository's state, else found in its history.
extension Repository {
  /// Keeps what was written for a later merge, except where nobody edits what a run leaves behind.
  ///
  /// A failure is told and changes nothing: all is written by then.
  func keepBases(of plan: Plan, _ environment: Environment) {
    guard !plan.nextRecord.isEmpty || !plan.nextLocal.isEmpty, (Machine.variable("CI") ?? "").isEmpty else { return }
    var tree = disk
    do throws(TreeError) {
      try Bases.record(plan, in: &tree)
    } catch {
      let help = "a merge of an edited output with a changed source will look in git for what was written now"
      environment.report([
        Diagnostic(.warning, "state/base", "what was written could not be kept in .aiwg/state/base: \(error.reason)", help: help)
      ])
    }
  }

  /// Forgets what was kept.
  func dropBases() throws(CommandFailure) {
    var tree = disk
    do throws(TreeError) { try Bases.clear(in: &tree) } catch { throw CommandFailure(error, shownAs: shownAs) }
  }

  /// The bytes that aiwg left at the place of an output, by their digest; nil when they are nowhere to be found.
  func recordedBytes(_ digest: Digest, of change: Change) throws(TreeError) -> [UInt8]? {
    if let kept = try Bases.bytes(of: digest, in: tree) { return kept }
    var found: [UInt8]?
    _ = GitHistory(root: root)?.version(of: change.path) { version in
      found = Self.output(in: version, of: change).flatMap { Digest(of: $0) == digest ? $0 : nil }
      return found != nil
    }
    return found
  }

  /// What of a version of a file was the output: all of it, or the lines of the block.
  static func output(in version: [UInt8], of change: Change) -> [UInt8]? {
    guard case .block(_, let syntax)? = change.output?.form else { return version }
    guard case .found(let block) = findBlock(in: SourceText(path: change.path.text, bytes: version), syntax: syntax) else { return nil }
    return block.content
  }
}
