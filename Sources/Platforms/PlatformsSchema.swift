import ContextModel
package import Schemas

/// What platforms.yaml may say, section by section; the decoder knows no other keys.
///
/// Which keys an entry needs depends on what it adds to, so that few are required.
package enum PlatformsSchema {
  /// The newest version of platforms.yaml that is read; docs/compatibility.md says when it is raised.
  package static let formatVersion = 1

  package static let root = Schema.object([
    SchemaKey("version", "The version of this format; 1 when it is left out.", .numbers(Array(1...formatVersion))),
    SchemaKey("vocabularies", "By name: words of one platform for canonical ones, such as names of tools.", section(vocabulary)),
    SchemaKey("places", "By name: spots that carry artifacts, with a path and the form that artifacts have there.", section(place)),
    SchemaKey("dialects", "By name: how servers, hooks or permissions are said in a settings file.", section(dialect)),
    SchemaKey("settings", "By name: settings files in which platforms look for servers, hooks or permissions.", section(settingsPlace)),
    SchemaKey(
      "heads", "By name: how the head of a file decides when it loads; the first line that holds counts.", section(.list(of: headLine).orNothing)),
    SchemaKey(
      "platforms", "By id: what a platform takes and reads. One that is known already changes only in the keys that are given.",
      .object(
        ObjectSchema(keys: [], others: .each(platform.orNothing), namePattern: "^(?!(all|null|true|false)$)[a-z0-9][a-z0-9-]*$")
      ).orNothing),
  ]).orNothing

  /// The parts that several others name.
  package static let definitions = [
    SchemaDocument.Definition("form", form), SchemaDocument.Definition("field", fieldRule), SchemaDocument.Definition("fields", fields),
    SchemaDocument.Definition("read", read), SchemaDocument.Definition("limit", limit), SchemaDocument.Definition("takes", takes),
    SchemaDocument.Definition("settings-files", settingsOfPlatform),
  ]

  static let platform = Schema.object([
    SchemaKey("name", "Its name, as people write it.", .text(pattern: ".")),
    SchemaKey("aliases", "Other names by which it can be chosen.", texts),
    SchemaKey("docs", "The vendor's page that says what it reads.", page),
    SchemaKey("verified", "The day on which that page was last compared, as YYYY-MM-DD.", day),
    SchemaKey("detect", "Paths whose presence says that the platform is in use; a folder ends in `/`.", texts),
    SchemaKey("surfaces", "Products under its name that read different files; left out when there is only one.", .list(of: .text(), least: 1)),
    SchemaKey("takes", "By shape: the places that it can take it in, best first.", .named("takes")),
    SchemaKey("reads", "All that it loads, in its own order.", .list(of: .named("read")).orNothing),
    SchemaKey("ignores", "By kind: canonical fields that it ignores where it reads the kind.", ignores.orNothing),
    SchemaKey("limits", "What it can hold.", .list(of: .named("limit")).orNothing),
    SchemaKey("unread", "Globs of files that people write for it and that it does not read, beside those in the folders of `detect`.", texts),
    SchemaKey("legacy", "Places where its files lay in earlier days: an import looks there, and nothing is written there.", texts),
    SchemaKey("personal", "Files of one person that it reads and that nobody else is to get.", texts),
    SchemaKey("settings", "By kind: in which settings files it looks for it.", .named("settings-files")),
    SchemaKey("personal-settings", "By kind: settings files that it keeps for one person, which nobody commits.", .named("settings-files")),
    SchemaKey("ignore-file", "The file in which it looks for what it is to ignore.", ignoreFile),
    SchemaKey("experimental", "Why the entry is less sure than others.", .text(pattern: ".")),
    SchemaKey("retired", "That it has come to its end: who names it still gets its files, and it is chosen for nobody.", retired),
    SchemaKey("default", "Whether a deploy is for it when nobody says otherwise and nothing shows what is in use.", .flag),
    SchemaKey("reviewers", "Products under its name that review changes, and get the rules that are checks.", texts),
    SchemaKey("user", "What it takes and reads in the home directory; paths are from there.", user.orNothing),
  ])

  static let retired = Schema.object([
    SchemaKey("since", "The day, as YYYY-MM-DD.", day, isRequired: true),
    SchemaKey("successor", "The id of the platform that its users are best off with.", .text(), isRequired: true),
    SchemaKey("why", "The reason, in a sentence.", .text(pattern: "."), isRequired: true),
  ])

  static let user = Schema.object([
    SchemaKey("root", "Its own folder, from the home directory.", .text()),
    SchemaKey(
      "moved-by", "The variable of the environment that moves that folder, such as `$ACME_HOME`.", .string(pattern: #"^\$[A-Z0-9_]+(/.+)?$"#)),
    SchemaKey("shares", "Folders in the home directory that it shares with other platforms.", texts),
    SchemaKey("docs", "The vendor's page that says so.", page),
    SchemaKey("verified", "The day on which that page was last compared, as YYYY-MM-DD.", day),
    SchemaKey("takes", "By shape: the places that it can take it in, best first.", .named("takes")),
    SchemaKey("reads", "All that it loads from there.", .list(of: .named("read")).orNothing),
    SchemaKey("limits", "What it can hold.", .list(of: .named("limit")).orNothing),
    SchemaKey("settings", "By kind: in which settings files it looks for it.", .named("settings-files")),
    SchemaKey("moved-settings", "Settings files that are others once its folder is moved: the one by the other.", Schema.map(of: .text()).orNothing),
  ])

  static let read = Schema.object([
    SchemaKey("path", "A glob of what is loaded.", .text(pattern: "."), isRequired: true),
    SchemaKey(
      "when",
      "`always` is at start and in full, `listed` by name and description, `matched` by the head of the file, `demand` when somebody asks, `never` not at all.",
      .words(of: Platform.Read.Moment.self)),
    SchemaKey("head", "The entry of `heads` that says when such a file loads; it makes the read `matched`.", .text()),
    SchemaKey("on", "The surfaces or reviewers that read it; all surfaces when there are none.", texts),
    SchemaKey("unless", "Files whose presence keeps it from being read.", texts),
    SchemaKey("once", "A group: its reads load an artifact of one name once.", .text()),
    SchemaKey(
      "nested",
      "When a file of that name in a folder further down loads too: `touched` when a file there is in play, `started` when the platform was started there.",
      .words(of: Platform.Read.Nested.self)),
    SchemaKey("nested-unless", "Files at the root whose presence keeps those of folders further down from being read.", texts),
    SchemaKey("imports", "How many files deep import lines in it are followed.", .integer(least: 1)),
    SchemaKey("private", "Whether it is a person's own and never committed.", .flag),
    SchemaKey("seen", "The day on which a real client was seen to do so, as YYYY-MM-DD.", day),
    SchemaKey(
      "strips", "What of the file the model never gets to see.", .list(of: .words(of: Platform.Read.Stripped.self)).orNothing),
  ])

  /// Asked for hundreds of times in one file.
  static let readNames = read.names

  static let headLine = Schema.object([
    SchemaKey("when", "When the file loads, if this line holds.", .words(of: Platform.Read.Moment.self), isRequired: true),
    SchemaKey("key", "The key that has to be in the head; without it, the line holds for every file.", .text()),
    SchemaKey("is", "The value that the key must have.", .text()),
    SchemaKey("by", "With `when: matched`: the key with the patterns.", .text()),
    SchemaKey("beside", "A YAML file beside the one that is read, which has the key instead.", .text()),
  ])

  static let limit = Schema.object([
    SchemaKey("path", "A glob over files.", .text(pattern: "."), isRequired: true),
    SchemaKey("most", "How much there is room for.", .integer(least: 1), isRequired: true),
    SchemaKey("unit", "What is counted.", .words(of: Platform.Limit.Unit.self)),
    SchemaKey("beyond", "What the platform does with the rest, in words.", .text()),
    SchemaKey("keeps", "What is kept of something that is too long: its start, its two ends, nothing, or all.", .words(of: Platform.Limit.Kept.self)),
    SchemaKey("shared", "Whether all files that match share the room.", .flag),
    SchemaKey("field", "The key in the head that has the limit; the whole file without it.", .text()),
  ])

  static let ignores = Schema.object(ArtifactKind.texts.map { SchemaKey($0.folder, "Fields of \($0.folder).", texts) })

  /// By shape, in the order of their names.
  static let takes = Schema.object(shapes.map { SchemaKey($0.description, "Places for \(inWords($0)), best first.", texts) }).orNothing

  static let shapes = Shape.all.sorted()

  static func inWords(_ shape: Shape) -> String {
    if shape.isReview { return "rules that reviewers check" }
    return switch shape.activation {
    case nil: shape.kind.folder
    case .always?: "rules that always load"
    case .globs?: "rules for some files"
    case .model?: "rules that the model asks for"
    case .manual?: "rules that the user asks for"
    }
  }

  // MARK: Values of several keys

  static let texts = Schema.list(of: .text()).orNothing
  static let textOrTexts = Schema.either([.text(), .list(of: .text())])
  static let page = Schema.string(pattern: "^https://")
  static let day = Schema.string(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")

  private static func section(_ entry: Schema) -> Schema { Schema.map(of: entry.orNothing).orNothing }
}
