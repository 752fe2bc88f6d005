import Formats
import Planning
import Schemas

extension OutputSchemas {
  /// Commands that make a plan, and carry it out or not.
  static let planned: [SchemaDocument] =
    [
      ("deploy", "What a deploy did.", true), ("sync", "What a sync did.", true), ("update", "What taking a newer source did.", false),
      ("convert", "What a conversion did.", false),
      ("check", "Whether the files are what the tree says.", true), ("status", "What a sync would do.", true),
    ].map { output(of: $0.0, $0.1, [plan], planParts, coversProjects: $0.2) } + [
      output(
        of: "diff", "What a sync would do; with `--context`, what platforms read otherwise than at a commit.", [plan, contextDiff],
        planParts + contextParts, coversProjects: true),
      output(of: "import", "What an import did.", [plan + imported], planParts),
    ]

  private static let imported = [
    key(
      "imported", "What was found, and what it became.",
      list([
        key("path", "The file.", .string()), key("line", "Of a value in a settings file: its line, from 1.", line),
        key("member", "Of a value in a settings file: the keys that lead to it, with dots.", .string().orNothing),
        key("platforms", "Who read it.", strings), key("became", "The canonical files that say it now.", strings),
        key("notes", "What is otherwise than in the file.", strings),
      ])),
    key(
      "left", "Files that are left alone.", list([key("path", "The file.", .string()), key("reason", "Why.", .string())])),
  ]

  private static let plan = [
    key("changes", "What is done, or to be done, by path; with `-v`, what stays as well.", .list(of: .named("change"))),
    key(
      "platforms", "The platforms that it is for.",
      list([
        key("id", "Its id.", .string()), key("files", "How many outputs are for it.", count), key("losses", "How much it cannot express.", count),
        key("startTokens", "What it loads at start, estimated.", count.orNothing),
      ])),
    key(
      "losses", "What a platform cannot express.",
      list([
        key("platform", "Its id.", .string()), key("artifact", "Kind and name.", .string()), key("field", "What is lost.", .string()),
        key("kind", "What becomes of it.", .words(of: Loss.Kind.self)), key("reason", "Why.", .string()),
        key("path", "The canonical file.", .string()), key("line", "From 1.", line),
      ])),
    key("library", "What changed because the library did.", .list(of: .named("library-change"))),
    key("sources", "What was fetched.", .list(of: .named("source"))),
    key("saved", "What was replaced, and can be brought back.", .list(of: .named("saved"))),
    diagnostics,
  ]

  private static let planParts: [SchemaDocument.Definition] = [
    .init("change", change), .init("library-change", libraryChange), .init("source", source), .init("saved", saved),
  ]

  static let change = Schema.object([
    key("path", "The output.", .string()), key("change", "What is done.", .words(Decision.words)),
    key("reason", "Why.", .words(Change.Reason.allCases.map(\.word)).orNothing),
    key("block", "Whether it is a block in a file of the user's.", .flag),
    key("origins", "The canonical files that it is made from.", strings), key("platforms", "Who reads it.", strings),
    SchemaKey("language", "With a locale: the language of the translation that was taken.", .string().orNothing),
  ]).open

  static let saved = Schema.object([key("path", "The file.", .string()), key("digest", "SHA-256 of its bytes.", digest)]).open

  static let digest = Schema.string(pattern: "^[0-9a-f]{64}$")

  static let libraryChange = Schema.object([
    key("change", "What became of it.", .words(of: LibraryChange.Kind.self)),
    key("name", "Kind and name; none for other files.", .string().orNothing),
    key("path", "The file.", .string()), key("diff", "The difference, where the old text is known.", .string().orNothing),
    key("unknown", "Why the old text is not known.", .string().orNothing),
    key("mayBeUsers", "Whether the output may have an edit of the user's.", .flag),
  ]).open

  private static let source = Schema.object([
    key("name", "What it is called here.", .string()), key("url", "Where it is from.", .string()), key("rev", "What was asked for.", .string()),
    key("path", "The folder in it.", .string().orNothing), key("commit", "What that is now.", .string()),
    key("was", "What it was before.", .string().orNothing), key("digest", "SHA-256 of all of it.", digest),
    key(
      "files", "What is new.",
      list([
        key("artifact", "Kind and name.", .string()), key("path", "The file.", .string()), key("change", "What became of it.", .string()),
        key("diff", "The difference.", .string()),
      ])),
  ]).open

  // MARK: aiwg diff --context

  private static let contextDiff = [
    key("base", "What it is compared with, as asked for.", .string()), key("commit", "The commit that this is.", .string()), bytesPerToken,
    key("notes", "What keeps the difference from being exact.", strings),
    key(
      "surfaces", "What each reader reads otherwise.",
      list([
        key("platform", "Its id.", .string()), key("surface", "The product of that platform; empty when there is only one.", .string()),
        key("start", "What it loads at start.", beforeAndAfter), key("onDemand", "What it may load later.", beforeAndAfter),
        key("more", "What it reads more.", contextChanges), key("less", "What it reads no more.", contextChanges),
        key("different", "What it reads otherwise.", contextChanges),
      ])),
  ]

  private static let contextParts: [SchemaDocument.Definition] = [
    .init("figures", .object([key("bytes", "Bytes.", count), key("tokens", "Tokens, estimated.", count)])), .init("read-text", readText),
  ]

  private static let beforeAndAfter = Schema.object([
    key("before", "At the commit.", .named("figures")), key("after", "Now.", .named("figures")),
  ]).open

  private static let contextChanges = list([
    key("artifact", "Kind and name; none for a file that somebody wrote by hand.", .string().orNothing),
    key("before", "What was read.", .either([.named("read-text"), .null])), key("after", "What is read.", .either([.named("read-text"), .null])),
  ])

  private static let readText = Schema.object([
    key(
      "at", "Where it stands.",
      list([
        key("path", "The file.", .string()), key("when", "When that loads.", .words(loadMoments)),
        key("patterns", "With files that match these.", strings),
      ])),
    key("start", "Bytes at start.", count), key("onDemand", "Bytes that may load later.", count),
  ]).open

  static let loadMoments = ["start", "listed", "matched", "touched", "started", "demand"]

  // MARK: Commands with a small plan

  private static let small = list([key("path", "The file.", .string()), key("change", "What is done.", .words(Decision.words))])

  static let `init` = output(of: "init", "What was set up.", [[key("changes", "What was written.", small)]])

  static let remove = output(
    of: "remove", "What was taken out.",
    [[key("changes", "What goes.", small), key("saved", "What was replaced, and can be brought back.", .list(of: .named("saved"))), diagnostics]],
    [.init("saved", saved)])

  static let restore = output(
    of: "restore", "What can be brought back, or was.",
    [
      [key("saved", "What was replaced.", .list(of: .named("saved")))],
      [key("path", "The file.", .string()), key("restored", "Whether it did not have these bytes already.", .flag)],
    ], [.init("saved", saved)])
}

extension Decision {
  /// Every word for a change.
  static let words = [Decision.create, .restore, .update, .adopt, .delete, .forget, .keep].map(\.word) + ["conflict"]
}
