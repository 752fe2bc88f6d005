/// A test cannot even begin, for a reason that is not in the code under test.
package struct SetupError: Error, CustomStringConvertible {
  package var description: String

  package init(_ description: String) {
    self.description = description
  }
}
