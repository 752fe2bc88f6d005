import Applying
import Diagnostics
import Disk
import FileTree
import Planning
import SharedFiles

/// What aiwg left at the places of outputs: kept beside the repository's state, else found in its history.
extension Repository {
  /// Keeps what was written for a later merge, except where nobody edits what a run leaves behind.
  ///
  /// A failure is told and changes nothing: all is written by then.
  func keepBases(of plan: Plan, _ environment: Environment) {
    guard (Machine.variable("CI") ?? "").isEmpty else { return }
    var tree = self.tree
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
    var tree = self.tree
    do throws(TreeError) { try Bases.clear(in: &tree) } catch { throw CommandFailure(error, shownAs: shownAs) }
  }

  /// The bytes that aiwg left at the place of an output, by their digest; nil when they are nowhere to be found.
  func recordedBytes(_ digest: Digest, of change: Change) throws(TreeError) -> [UInt8]? { try Bases.bytes(of: digest, in: tree) }
}
