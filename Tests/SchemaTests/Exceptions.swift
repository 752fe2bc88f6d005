/// Where a schema and the reader differ on purpose.
struct Exception {
  var schema: String
  /// Words of the reader's complaint, or of what was done to the document where the schema alone refuses it.
  var words: String
  var reason: String

  /// Why the reader alone refuses; nil when nothing says so.
  static func ofReader(_ schema: String, _ complaint: String) -> Exception? {
    // The id first, as the exceptions have it.
    let told = complaint.split(separator: " [").last.map { "[" + $0 + " " } ?? ""
    return ofReader.first { $0.schema == schema && (told + complaint).contains($0.words) }
  }

  /// Why the schema alone refuses; nil when nothing says so.
  static func ofSchema(_ schema: String, _ mutant: Mutant) -> Exception? {
    ofSchema.first { $0.schema == schema && mutant.title.contains($0.words) }
  }

  static var all: [Exception] { ofReader + ofSchema }

  private static let ofReader: [Exception] = project + platforms + heads

  private static let project = [
    Exception(
      schema: "aiwg.yaml", words: "[project/invalid-requires]", reason: "a version without quotes is a number, and a schema cannot look into one"),
    Exception(
      schema: "aiwg.yaml", words: "[project/git-revision]", reason: "what git takes for a branch is more than a pattern that people can read"),
    Exception(
      schema: "aiwg.yaml", words: "[project/source-name]", reason: "a name without quotes may be a number, and a schema cannot look into one"),
    Exception(schema: "aiwg.yaml", words: "[project/projects]", reason: "what path leads nowhere else is for code to say"),
    Exception(schema: "aiwg.yaml", words: "[project/nested]", reason: "what path leads nowhere else is for code to say"),
  ]

  private static let named = "what it names stands elsewhere in the file, or ships with aiwg"
  private static let together = "which keys go together, or are needed when nothing of the same name ships with aiwg"

  private static let platforms = [
    ("unknown-vocabulary", named), ("unknown-place", named), ("unknown-dialect", named), ("unknown-head", named), ("unknown-surface", named),
    ("unknown-successor", named), ("no-form", named), ("outside-root", named), ("incomplete-matcher", named),
    ("incomplete-place", together), ("incomplete-layout", together), ("incomplete-read", together), ("incomplete-head", together),
    ("incomplete-platform", together), ("invalid-path", "what path leads nowhere else is for code to say"),
    ("invalid-reference", "the second item of a list is another text than the first"),
    ("unknown-value] this is no path", "what path leads nowhere else is for code to say"),
  ].map { Exception(schema: "platforms.yaml", words: "[platforms/\($0.0)", reason: $0.1) }

  private static let heads =
    ["rules", "agents", "skills", "commands", "behaviors", "mcp", "hooks"].map {
      Exception(schema: $0, words: "[frontmatter/unknown-platform]", reason: "a project may have platforms of its own, which no schema here knows")
    } + [
      Exception(schema: "behaviors", words: "[frontmatter/tools-without-tool]", reason: together),
      Exception(schema: "behaviors", words: "`timeout` is for a command", reason: together),
      Exception(schema: "hooks", words: "[frontmatter/tools-without-tool]", reason: together),
      Exception(
        schema: "permissions", words: "has `**` beside other letters", reason: "where in a text a star may stand makes a pattern that nobody can read"
      ),
      Exception(schema: "permissions", words: "has `*` inside", reason: "where in a text a star may stand makes a pattern that nobody can read"),
    ]

  private static let ofSchema: [Exception] =
    ["rules", "agents", "skills", "commands", "behaviors", "mcp", "hooks"].map {
      Exception(schema: $0, words: "/name is ", reason: "the name of the file counts, whatever stands there")
    }
    + ["mcp", "hooks"].map {
      Exception(schema: $0, words: "/tags", reason: "tags of what is no text are read by nobody, and so looked at by nobody")
    } + [
      Exception(
        schema: "aiwg.local.yaml", words: "is a negative number", reason: "`-1` is a text that takes a platform away, and for a schema a number"),
      Exception(schema: "permissions", words: "/description is ", reason: "nobody reads it"),
    ]
}
