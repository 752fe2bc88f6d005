package import Diagnostics

/// A settings file that is not edited, and why.
package struct SettingsRefusal: Error, Hashable, Sendable {
  /// What a caller may want to tell apart.
  package enum Reason: Hashable, Sendable {
    /// The file is not of the syntax.
    case unreadable
    /// The path leads through a value that is no map, or to one that is no list.
    case noContainer
    /// The member is there with another value.
    case otherValue
    /// There is no such member to replace.
    case absent
    /// The syntax has no such value.
    case inexpressible
    /// Written in a way in which nothing can be changed without a risk for the rest.
    case unsafe
  }

  package var reason: Reason
  /// One at least; each has a place and help.
  package var diagnostics: [Diagnostic]

  package init(reason: Reason, diagnostics: [Diagnostic]) {
    (self.reason, self.diagnostics) = (reason, diagnostics)
  }
}

/// An edit that is not made, before it has a place in a file.
struct Unsafe: Error {
  var reason = SettingsRefusal.Reason.unsafe
  var message: String
  var help: String
  var range: Range<Int>?

  /// A value that the syntax has no words for.
  static func inexpressible(_ what: String, in syntax: String, help: String) -> Unsafe {
    Unsafe(reason: .inexpressible, message: "\(syntax) has no \(what)", help: help)
  }
}
