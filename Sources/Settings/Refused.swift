import ContextModel

/// Why an artifact is not said at all in some dialect: what it could be said without would be more than it allows, or would not work.
struct Refused: Error, Hashable {
  /// The field that cannot be said.
  var field: String
  var reason: String
}

/// Something that an artifact says and a dialect does not, while the rest works without it.
struct Unsaid: Hashable {
  var field: String
  var reason: String
}

/// Fields that are about the artifact and for no platform.
let fieldsOfNoPlatform: Set<String> = ["name", "description", "tags"]
