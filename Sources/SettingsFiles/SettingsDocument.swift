internal import ContextModel
internal import YAML

/// What is put into a container: a member with its key, or an element without one.
struct NewPart {
  var key: String?
  var value: FieldValue
}

/// What is taken out of a container.
enum PartName {
  case key(String)
  case index(Int)
}

/// One syntax: how a file of it is read, and the smallest edits that change it.
protocol SettingsDocument: Sendable {
  /// What the file says; nil when it says nothing.
  var value: FieldValue? { get }
  /// Whether a member without a value is an empty container to those who write such files.
  var takesNothingAsEmpty: Bool { get }

  /// Whether a map may be gone from the file with the last that was in it.
  var losesEmptyContainers: Bool { get }

  /// The bytes of the value at a path; nil when there is none.
  func range(at path: [String]) -> Range<Int>?

  /// Whether a value stands in more places than one, so that only its members can be replaced.
  func isSpread(_ path: [String]) -> Bool

  /// Puts a part into a container that is there, behind the last one.
  func inserting(_ part: NewPart, at path: [String]) throws(Unsafe) -> Insertion

  /// Writes the first value into a file that says nothing.
  func writing(_ value: FieldValue) throws(Unsafe) -> [ByteEdit]

  /// Takes a part out that is there.
  /// - Parameter before: what the container held when it was empty; nil when that is not known.
  func removing(_ part: PartName, at path: [String], before: String?) throws(Unsafe) -> [ByteEdit]

  /// Takes the empty value of the whole file out.
  func removingRoot() throws(Unsafe) -> [ByteEdit]

  /// Writes another value in place of one that is there.
  func replacing(_ path: [String], with value: FieldValue) throws(Unsafe) -> [ByteEdit]
}

/// The edits that put a part in.
struct Insertion {
  var edits: [ByteEdit]
  /// What the container held while it was empty, if that cannot be told from what it is now.
  var before: String?
}
