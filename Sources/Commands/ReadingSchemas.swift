import ContextModel
import Diagnostics
import Formats
import Platforms
import Reporting
import Schemas
import Translating

extension OutputSchemas {
  // MARK: Findings

  static let lint = output(
    of: "lint", "What is wrong with the tree; with `--rules`, what is looked for.",
    [
      [
        key("repaired", "Files that `--fix` put right.", strings), diagnostics,
        key(
          "exceptions", "What somebody let be.",
          list([key("id", "The finding.", .string()), key("path", "The file.", .string().orNothing), key("reason", "Why.", .string())])),
      ],
      [
        key(
          "rules", "What is looked for.",
          list([
            key("id", "The finding.", .string()), key("severity", "How much it weighs.", .words(of: Diagnostic.Severity.self)),
            key("fixable", "Whether `--fix` can put it right.", .flag), key("summary", "What it is.", .string()),
            key("reason", "Why it matters.", .string()),
          ]))
      ],
    ], coversProjects: true)

  static let audit = output(
    of: "audit", "What somebody hid in files.",
    [[key("files", "How many were looked at.", count), key("allowed", "How many findings aiwg.yaml lets be.", count), diagnostics]],
    coversProjects: true)

  static let verify = output(
    of: "verify", "Lines that the checks of rules are about; with `--self-test`, whether the checks do what they should.",
    [
      [
        key("files", "How many were looked at.", count), key("checks", "How many there are.", count),
        key("findings", "What counts.", .list(of: .named("finding"))), key("exceptions", "What somebody let be.", .list(of: .named("finding"))),
      ], [key("checks", "How many there are.", count), diagnostics],
    ], [.init("finding", finding)])

  private static let finding = Schema.object([
    key("rule", "The rule.", .string()), key("check", "Its check.", .string()),
    key("severity", "That of the rule.", .words(of: Severity.self).orNothing), key("path", "The file.", .string()),
    key("line", "From 1.", .integer(least: 1)), key("column", "From 1, in bytes.", .integer(least: 1)), key("message", "What is wrong.", .string()),
    key("text", "The line.", .string()), SchemaKey("exception", "Why it is let be.", .string()),
  ]).open

  static let translate = output(
    of: "translate", "Whether translations say what their base says; with `--record`, what was written down.",
    [
      [
        key(
          "translations", "Each of them.",
          list([
            key("artifact", "Kind and name.", .string()), key("language", "Its tag.", .string()), key("path", "The file.", .string()),
            key("base", "The file that it is a translation of.", .string()),
            key("state", "The one word for it.", .words(of: TranslationStatus.Summary.self)),
            key("stale", "Sections that the base has otherwise by now.", .list(of: .named("section"))), diagnostics,
          ])),
        key(
          "totals", "How many there are.",
          Schema.object(
            [key("translations", "All of them.", count)]
              + TranslationStatus.Summary.allCases.map { key($0.rawValue, "Those that are \($0.words).", count) }
          ).open),
      ],
      [
        key(
          "recorded", "Files that were written.",
          list([key("path", "The file.", .string()), key("sections", "What was written down.", .list(of: .named("section")))])), diagnostics,
      ],
    ], [.init("section", section)])

  private static let section = Schema.object([
    key("key", "The anchor of its heading, or `description`, or `start`.", .string()), key("title", "The heading.", .string()),
    key("digest", "Of the text of the base.", .string()),
  ]).open

  // MARK: What there is

  static let platforms = output(
    of: "platforms", "What platforms take and read, and what becomes of each field there.",
    [
      [
        key(
          "platforms", "One, or all.",
          list([
            key("id", "Its id.", .string()), key("name", "Its name.", .string()), key("aliases", "Its other names.", strings),
            key("docs", "The vendor's page.", .string()), key("verified", "The day on which that was compared.", .string()),
            key("detect", "Paths that show that it is in use.", strings), key("surfaces", "Its products, where there are several.", strings),
            key("reviewers", "Those that review changes.", strings), key("experimental", "Why it is less sure than others.", .string().orNothing),
            key("retired", "Its end.", .either([retired, .null])), key("takes", "By shape: places, best first.", Schema.map(of: strings)),
            key("settings", "By kind: settings files.", Schema.map(of: strings)),
            key(
              "reads", "What it loads.",
              list([
                key("path", "A glob.", .string()), key("when", "When.", .words(of: Platform.Read.Moment.self)),
                key("on", "Which surfaces do.", strings),
                key("unless", "Files that keep it from that.", strings),
              ])),
            key(
              "fields", "What becomes of fields.",
              list([
                key("shape", "Of what.", .string()), key("place", "Where.", .string()), key("field", "The field.", .string()),
                key("fate", "What becomes of it.", .words(of: FieldFate.Fate.self)), key("detail", "More about that.", .string()),
              ])),
          ]))
      ]
    ])

  private static let retired = Schema.object([
    key("since", "The day.", .string()), key("successor", "The platform that its users are best off with.", .string()),
    key("why", "The reason.", .string()),
  ]).open

  static let library = output(
    of: "library", "What ships with aiwg; with `--diff`, what changed of it.",
    [
      [
        bytesPerToken, key("platforms", "Those that tokens are counted for.", strings),
        key(
          "artifacts", "Each of them.",
          list([
            key("name", "Kind and name.", .string()), key("use", "Whether it is used here.", .words(of: LibraryUse.Use.self)),
            key("description", "What it is for.", .string().orNothing), key("tags", "Its tags.", strings),
            key("languages", "Its translations.", strings),
            key("language", "That of the translation that was taken.", .string().orNothing), key("files", "Files beside a skill.", strings),
            key(
              "tokens", "What it costs.",
              list([key("platform", "Where.", .string()), key("start", "At start.", count), key("loaded", "Once it is loaded.", count)])),
            SchemaKey("text", "All of it, when one was asked for.", .string()),
          ])),
      ], [key("library", "What a sync would change because the library changed.", .list(of: .named("library-change")))],
    ], [.init("library-change", libraryChange)])

  // MARK: What a platform reads

  static let explain = output(
    of: "explain", "What a platform reads, and when; where a line of an output is from; why an output lies where it does.",
    [
      [
        key("platform", "Its id.", .string()), key("file", "The file that is worked on.", .string().orNothing), bytesPerToken,
        key(
          "surfaces", "Its products.",
          list([
            key("surface", "Which; empty when there is only one.", .string()), key("loads", "What it loads, in order.", .list(of: .named("load"))),
            key("hidden", "What is there and not loaded.", list([key("path", "The file.", .string()), key("reason", "Why.", .string())])),
            key(
              "duplicates", "Texts that are loaded twice.",
              list([
                key("bytes", "How long one is.", count), key("whole", "Whether it is the whole of a file.", .flag),
                key("at", "Where it stands.", list([key("path", "The file.", .string()), key("line", "From 1.", .integer(least: 1))])),
              ])),
          ])),
        key(
          "unread", "Files that look as if it read them.",
          list([key("path", "The file.", .string()), key("reads", "What it would read.", .string().orNothing)])),
      ],
      [
        key("asked", "The output and the line.", .string()), key("path", "The canonical file.", .string().orNothing),
        key("line", "The line there.", line),
        key("note", "More about that.", .string().orNothing),
      ],
      [
        key("path", "The output.", .string()),
        key("lines", "What it loads by.", list([key("line", "A line in it.", .string()), key("platforms", "Who needs that.", strings)])),
        key(
          "artifacts", "What it carries.",
          list([
            key("artifacts", "Kinds and names.", strings), key("platforms", "For whom.", strings),
            key(
              "passedOver", "Places that somebody would rather have.",
              list([key("platform", "Who.", .string()), key("place", "Where.", .string()), key("reason", "Why not.", .string())])),
          ])),
      ],
    ], [.init("load", load)])

  private static let load = Schema.object([
    key("path", "The file.", .string()), key("through", "Files that import it.", strings), key("when", "When.", .words(loadMoments)),
    key("patterns", "With files that match these.", strings), key("loaded", "Whether it is loaded as things are.", .flag),
    key("size", "Bytes of the file.", count), key("bytes", "Bytes that are loaded.", count), key("tokens", "Tokens, estimated.", count),
    key("cut", "Bytes after which it is cut off.", .integer(least: 0).orNothing),
  ]).open
}
