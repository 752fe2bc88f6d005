package import Diagnostics
package import YAML

/// What a check of the tree found, and how it can be put right.
package struct LintFinding: Hashable, Sendable {
  package var diagnostic: Diagnostic
  /// The smallest change of the file that it is about which puts it right and says nothing else; empty when that is for people to say.
  ///
  /// In order, and none overlapping.
  package var fix: [ByteEdit]
  /// Why it is let be, in the words of the file that it is about; nil when it is not.
  package var exception: String?

  package init(_ diagnostic: Diagnostic, fix: [ByteEdit] = []) {
    self.diagnostic = diagnostic
    self.fix = fix
  }
}
