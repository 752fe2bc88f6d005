import Reporting
import Schemas

extension OutputSchemas {
  static let report = output(
    of: "report", "What becomes of a tree on all platforms.",
    [
      [
        key(
          "madeBy", "What made it.",
          Schema.object([key("aiwg", "The version.", .string()), key("data", "The digest of what ships with it.", .string())]).open),
        key("platforms", "Each of them.", .list(of: .named("platform"))),
        key(
          "artifacts", "Each of them.",
          list([
            key("id", "Kind and name.", .string()), key("file", "The canonical file.", .string()),
            key("source", "Where it is from: its number among `sources`, from 0.", count.orNothing),
            key("tokens", "Tokens, estimated.", count),
            key(
              "routes", "How it gets to platforms.",
              list([
                key("way", "In which form.", .words(of: Report.Way.self)), key("path", "Where.", .string()),
                key("detail", "More about that.", .string()),
                key("platforms", "For whom.", strings),
              ])),
          ])),
        key(
          "losses", "What platforms cannot express.",
          list([
            key("field", "What is lost.", .string()), key("fate", "What becomes of it.", .string()), key("reason", "Why.", .string()),
            key("platforms", "Where.", strings), key("at", "The lines that say it.", .list(of: .named("spot"))),
          ])),
        key(
          "repeats", "Texts that are loaded twice.",
          list([
            key("start", "How one begins.", .string()), key("tokens", "Tokens, estimated.", count),
            key("at", "Where it stands.", .list(of: .named("spot"))),
            key("platforms", "Who reads them.", strings),
          ])),
        key("exceptions", "Findings that somebody let be.", .list(of: .named("note"))), key("check", "Whether files are in line.", drift),
        key(
          "sources", "Where artifacts come from.",
          list([
            key("kind", "Of which kind it is.", .words(["tree", "library", "git", "personal"])), key("name", "What it is called.", .string()),
            key("revision", "Its version.", .string()), key("notes", "What else there is to say.", strings),
            key("artifacts", "How many it has.", count),
          ])),
        key(
          "own", "What people wrote for platforms by hand.",
          list([
            key("path", "The file.", .string()), key("what", "What it is.", .string()), key("tokens", "Tokens, estimated.", count),
            key("platforms", "Who reads it.", strings),
          ])), key("findings", "What is wrong.", .list(of: .named("note"))),
      ]
    ],
    [
      .init("spot", .object([key("path", "The file.", .string()), key("line", "From 1.", line)])), .init("note", note), .init("platform", platform),
    ])

  private static let note = Schema.object([
    key("id", "What it is.", .string()), key("severity", "How much it weighs.", .string()),
    key("message", "What is wrong, or why it is let be.", .string()),
    key("at", "Where.", .either([.named("spot"), .null])),
  ]).open

  private static let platform = Schema.object([
    key("id", "Its id.", .string()), key("name", "Its name.", .string()), key("docs", "The vendor's page.", .string()),
    key("verified", "The day on which that was compared.", .string()),
    key("standing", "How sure its entry is.", .words(["", "experimental", "retired"])),
    key("files", "How many outputs are for it.", count), key("losses", "How much it cannot express.", count),
    key("startTokens", "What it loads at start, estimated.", count.orNothing), key("trouble", "Why that is not known.", .string().orNothing),
    key("surface", "The product that this is about.", .string()),
    key(
      "start", "What it loads at start.",
      list([
        key("path", "A file, or a folder that ends in `/`.", .string()), key("files", "How many.", count), key("bytes", "Bytes.", count),
        key("tokens", "Tokens, estimated.", count), key("owner", "Who wrote it.", .words(of: Report.Part.Owner.self)),
        key("listing", "Whether names and descriptions alone are loaded.", .flag),
      ])),
  ]).open

  private static let drift = Schema.object([
    key("exit", "How `aiwg check` would end.", .numbers(ExitStatus.allCases.map { Int($0.rawValue) })), key("words", "That in words.", .string()),
    key("outputs", "How many there are.", count),
    key(
      "changes", "What is out of line.",
      list([
        key("path", "The output.", .string()), key("change", "What is to be done.", .string()), key("reason", "Why.", .string()),
        key("origins", "The canonical files that it is made from.", strings),
      ])), key("conflicts", "What is in the way.", .list(of: .named("note"))),
  ]).open
}
