import ContextModel
import FileTree
import Schemas

extension PlatformsSchema {
  /// The kinds that go into settings files.
  private static let settingKinds = ArtifactKind.allCases.filter { $0.isSetting && $0 != .ignore }

  static let settingsPlace = Schema.object(
    [
      SchemaKey("path", "The file.", .text()),
      SchemaKey(
        "syntax", "How it is written; `lines` is a file of lines, of which a block is aiwg's.",
        .words(["lines"] + SettingsSyntax.allCases.map(\.rawValue))),
      SchemaKey("needs", "Members that the file must have for the platform to read it.", .named("fields")),
    ] + settingKinds.map { SchemaKey($0.folder, "Where \($0.folder) stand in it.", entry) })

  static let entry = Schema.object([
    SchemaKey("at", "The keys from the root of the file on.", texts), SchemaKey("dialect", "The entry of `dialects`.", .text(), isRequired: true),
  ])

  static let settingsOfPlatform = Schema.object(
    settingKinds.map { SchemaKey($0.folder, "Settings files for \($0.folder), best first.", .either([.list(of: .text()), settingsFiles, .null])) }
  ).orNothing

  static let settingsFiles = Schema.object([
    SchemaKey("takes", "Where they can be put, best first.", texts), SchemaKey("also-reads", "Where the platform finds them as well.", texts),
  ])

  static let dialect = Schema.object(
    Transport.allCases.map { SchemaKey($0.rawValue, "The members of a server with the transport `\($0.rawValue)`.", .named("fields")) } + [
      SchemaKey(
        "references", "By field: how a variable is named in it, with `{name}`; a list adds the form with `{default}`.",
        Schema.map(of: reference).orNothing),
      SchemaKey("fills-in", "How texts begin that the platform fills in and that mean nothing to others.", texts),
      SchemaKey(
        "implied", "By transport: members of a server that say nothing else when they are there than when they are not.",
        Schema.object(Transport.allCases.map { SchemaKey($0.rawValue, "Such members over `\($0.rawValue)`.", Schema.map(of: .text()).orNothing) })
          .orNothing),
      SchemaKey("permissions", "How permissions are said, and how the platform reads them.", permissions),
      SchemaKey(
        "events", "By event of a hook: the platform's word.",
        Schema.object(HookEvent.allCases.map { SchemaKey($0.rawValue, "The word for `\($0.rawValue)`.", .text()) }).orNothing),
      SchemaKey("handler", "The members of what a hook runs.", .named("fields")),
      SchemaKey("layout", "Where hooks stand: a map of `events`, one `list`, or a map of `names`.", .words(["events", "list", "names"])),
      SchemaKey("event-key", "With `layout: list`: the key of a hook that names its event.", .text()),
      SchemaKey("group", "The key of the list of handlers in a group with the matcher.", .text()),
      SchemaKey("ungrouped", "Events of which the handlers stand in no group.", events),
      SchemaKey("matcher", "How a hook is kept to some tools.", matcher),
    ])

  private static let reference = Schema.either([.string(pattern: #"\{name\}"#), .list(of: .string(), least: 1)])
  private static let events = Schema.list(of: .words(of: HookEvent.self)).orNothing

  static let matcher = Schema.object([
    SchemaKey("key", "The key of the pattern.", .text(), isRequired: true),
    SchemaKey("map", "The vocabulary for the names of tools.", .text(), isRequired: true),
    SchemaKey("pattern", "The pattern, with `{words}` for the words between bars.", .string(pattern: #"\{words\}"#)),
    SchemaKey("events", "The events at which the platform compares it.", events),
    SchemaKey("all", "Patterns that keep a hook to no tools at all, as none does.", texts),
    SchemaKey("loose", "Where the platform runs the hook for other tools as well, in words.", .text()),
  ])

  // MARK: Permissions

  static let permissions = Schema.object(
    ObjectSchema(keys: permissionKeys, others: .refused, anyOf: [["lists"], ["lines"], ["maps", "words"]]))

  private static let permissionKeys =
    [
      SchemaKey("page", "The vendor's page that says all this.", page, isRequired: true),
      SchemaKey("verified", "The day on which that page was last compared, as YYYY-MM-DD.", day, isRequired: true),
      SchemaKey(
        "order", "Which of several rules counts: decisions, the first one most, or `last`.",
        .either([.words(["last"]), .list(of: .words(of: Permission.Decision.self), least: 1)]), isRequired: true),
      SchemaKey("lists", "A list for each decision: the keys from the root of the file on.", byDecision(texts)),
      SchemaKey(
        "maps", "A map for each subject: the keys from the root of the file on.",
        Schema.object(subjects { SchemaKey($0, "The map for `\($0)`.", texts) }).orNothing),
      SchemaKey("words", "With `maps`: the platform's word for a decision.", byDecision(.text())),
      SchemaKey("lines", "A line for each rule, with `{rule}` in it.", byDecision(.string(pattern: #"^[^\n]*\{rule\}[^\n]*$"#))),
      SchemaKey("paths", "How a pattern of paths is read.", .words(of: PermissionDialect.Paths.self)),
      SchemaKey(
        "literals", "By subject: characters that would be read as something else.",
        Schema.object(subjects { SchemaKey($0, "Such characters in `\($0)`.", .text()) }).orNothing),
      SchemaKey("loose-names", "Whether a path of one part may be looked for at any depth.", .flag),
      SchemaKey("absolute-paths", "Whether paths may be compared as absolute ones.", .flag),
      SchemaKey("exact", "Words for exactly what is meant.", forms),
      SchemaKey("same", "Words that the platform takes for those, and that are not written.", forms),
      SchemaKey("wider", "Words for more than that, for what restricts alone.", forms),
      SchemaKey("narrower", "Words for less than that, for what allows alone.", forms),
    ]

  static let forms = Schema.object(
    PermissionDialect.Form.allCases.map { SchemaKey($0.rawValue, "The words for `\($0.rawValue)`.", textOrTexts) }
  ).orNothing

  private static func byDecision(_ value: Schema) -> Schema {
    Schema.object(Permission.Decision.allCases.map { SchemaKey($0.rawValue, "What stands for `\($0.rawValue)`.", value) }).orNothing
  }

  private static func subjects(_ key: (String) -> SchemaKey) -> [SchemaKey] { Permission.Subject.allCases.map { key($0.rawValue) } }

  static let ignoreFile = Schema.object([
    SchemaKey("path", "The file.", .text(), isRequired: true),
    SchemaKey("page", "The vendor's page that says so.", page, isRequired: true),
    SchemaKey("verified", "The day on which that page was last compared, as YYYY-MM-DD.", day, isRequired: true),
    SchemaKey("negation", "Whether it knows `!`.", .flag),
  ])
}
