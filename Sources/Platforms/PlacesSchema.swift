import ContextModel
import Schemas

extension PlatformsSchema {
  static let vocabulary = Schema.object([
    SchemaKey(
      "words", "By canonical word: the platform's word or words. A canonical word may end in `*`; the longest that fits counts.",
      Schema.map(of: textOrTexts).orNothing),
    SchemaKey("changing", "Those of the platform's words that can change files or run programs.", texts),
    SchemaKey(
      "needs", "By word of the platform's: the canonical words that must be there together, because it grants all of them.",
      Schema.map(of: texts).orNothing),
  ])

  static let place = Schema.object(
    [
      SchemaKey("path", "Where it is: with `{name}` for a file of each artifact, `{directory}/` for one of each directory.", .text()),
      SchemaKey("format", "How bytes are laid out there.", .words(of: Place.Format.self)),
      SchemaKey("like", "A place whose format and forms this one has as well.", .text()),
      SchemaKey("imports", "With `format: import`: what is loaded, and by which line.", imports),
      SchemaKey("sidecars", "Files that a skill gets beside it.", .list(of: sidecar).orNothing),
    ] + shapes.map { SchemaKey($0.description, "The form of \(inWords($0)) there.", .named("form")) })

  static let imports = Schema.object([
    SchemaKey("place", "The place that the line loads; none when the line is there for its file alone.", .text()),
    SchemaKey("line", "The line.", .text(), isRequired: true),
  ])

  static let sidecar = Schema.object([
    SchemaKey("path", "Its path in the folder of the skill.", .text(), isRequired: true),
    SchemaKey("only", "`user-only` writes it beside skills alone that the model may not use by itself.", .words(of: SidecarAudience.self)),
    SchemaKey("text", "What stands in it.", .text(), isRequired: true),
  ])

  static let form = Schema.object([
    SchemaKey("fields", "The keys of the head there, each with where it comes from.", .named("fields")),
    SchemaKey(
      "unlisted", "What becomes of fields that no key is made from: `keep` them, put them into `metadata`, or `drop` them.",
      .words(of: Place.Form.Unlisted.self)),
    SchemaKey("stand-in", "Whether this stands in for a form that the platform lacks.", .flag),
    SchemaKey("arguments", "How the user's text is spelled there: `words` when nothing is put in.", arguments.orNothing),
    SchemaKey("body", "With `format: toml`: the key that holds the body.", .text()),
    SchemaKey("expresses", "Fields that the place expresses without a key, so that nothing is lost.", texts),
    SchemaKey("drops", "Fields that are left out although unlisted ones are kept.", texts),
  ]).orNothing

  static let fields = Schema.map(of: .named("field")).orNothing

  /// A field's name, or how the value comes about.
  static let fieldRule = Schema.either([.text(), .object(ObjectSchema(keys: fieldKeys, others: .refused, anyOf: [["from"], ["const"]]))])

  /// Asked for thousands of times in one file.
  static let fieldNames = fieldRule.names
  static let formNames = form.names

  private static let fieldKeys = [
    SchemaKey("from", "The canonical field; of several, the first that is there.", .either([.text(), .list(of: .text(), least: 1)])),
    SchemaKey("const", "A value that is always the same.", .anything),
    SchemaKey("map", "The vocabulary that its words go through.", .text()),
    SchemaKey("as", "How the value is written.", .words(of: FieldRule.Spelling.self)),
  ]

  static let arguments = Schema.either([.words(["words"]), .object(argumentKeys)])

  private static let argumentKeys = [
    SchemaKey("all", "All of the user's text, such as `$ARGUMENTS`.", .text()),
    SchemaKey("position", "One word of it, with `{n}` for its number.", .text()),
    SchemaKey("also", "Another way in which the platform reads single words; it is never written.", .text()),
    SchemaKey("first", "The number of the first word.", .numbers([0, 1])),
    SchemaKey("escape", "What keeps a dollar before a digit from being taken for a word.", .text()),
    SchemaKey("parted", "Texts that the platform would run, read or fill in; they get a blank behind their first character.", texts),
  ]
}
