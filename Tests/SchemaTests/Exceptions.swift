/// Where a schema and the reader differ on purpose.
struct Exception {
  var schema: String
  /// For one that only the reader refuses: words of its complaint. For one that only the schema refuses: the beginning of the way, and the change.
  var words: String
  var reason: String

  /// Why the reader alone refuses; nil when nothing says so.
  static func ofReader(_ schema: String, _ complaint: String) -> Exception? {
    ofReader.first { $0.schema == schema && complaint.contains($0.words) }
  }

  /// Why the schema alone refuses; nil when nothing says so.
  static func ofSchema(_ schema: String, _ mutant: Mutant) -> Exception? {
    ofSchema.first { $0.schema == schema && mutant.title.contains($0.words) }
  }

  static var all: [Exception] { ofReader + ofSchema }

  private static let ofReader: [Exception] = []
  private static let ofSchema: [Exception] = []
}
