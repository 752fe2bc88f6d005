/// What the reviewers of changes have to do with a rule.
package enum Review: Hashable, Sendable {
  /// They check it, and it is a rule for everybody else as well.
  case also
  /// They check it, and nobody else gets it.
  case only
}

extension Artifact {
  /// Nil for what reviewers are not asked to check.
  package var review: Review? {
    guard id.kind == .rule else { return nil }
    switch fields["review"] {
    case .bool(true)?: return .also
    case .text("only")?: return .only
    default: return nil
    }
  }
}
