package import Diagnostics
package import FileTree

/// Everything that a layout comes to: the outputs, and what was lost on the way.
package struct Rendering: Sendable {
  package var desired: DesiredTree
  /// Each once.
  package var losses: Set<Loss>
  /// Warnings about outputs that a platform cannot hold, and about references that lead nowhere.
  package var diagnostics: [Diagnostic]
  /// By platform id: an estimate of the tokens that it loads at start.
  package var startTokens: [String: Int]
}
