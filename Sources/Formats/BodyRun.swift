/// A run of bytes in a rendered body, and where it is from.
package struct BodyRun: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    /// These bytes of the canonical body, as they are.
    case verbatim(Range<Int>)
    /// These bytes of the canonical body, spelled as the place needs it; an empty range is a spot between two bytes.
    case respelled(Range<Int>)
    /// Nothing of the body: aiwg says here what that field says.
    case added(field: String)
  }

  package var origin: Origin
  /// In the rendered bytes.
  package var length: Int

  init(_ origin: Origin, length: Int) {
    self.origin = origin
    self.length = length
  }
}
