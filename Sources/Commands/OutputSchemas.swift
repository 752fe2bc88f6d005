import Diagnostics
import Schemas

/// The schemas of what commands print with `--format json`.
///
/// Later versions may add keys, so that all objects are open; a change of what there is changes `version`.
enum OutputSchemas {
  static let documents: [SchemaDocument] =
    planned + [
      explain, lint, audit, translate, verify, platforms, library, remove, restore, report, doctor, `init`,
    ]

  /// One document for each command: its results, how it fails, and a list of those where it covers several projects.
  static func output(
    of command: String, _ summary: String, _ results: [[SchemaKey]], _ definitions: [SchemaDocument.Definition] = [], coversProjects: Bool = false
  ) -> SchemaDocument {
    let failure = [SchemaKey("diagnostics", "What ended it early.", .list(of: .named("diagnostic")), isRequired: true)]
    let failing = results.contains { $0.map(\.name) == ["diagnostics"] } ? [] : [failure]
    let one = (results + failing).map { Schema.object(head(command) + $0) }
    var all = one.map(\.open)
    var definitions = [SchemaDocument.Definition("diagnostic", diagnostic)] + definitions
    if coversProjects {
      definitions.append(SchemaDocument.Definition("report", .either(all)))
      let report = SchemaKey("report", "What is printed for a project alone.", .named("report"), isRequired: true)
      let project = Schema.object([SchemaKey("project", "Its folder; `.` is the first one.", .string(), isRequired: true), report]).open
      all =
        [.named("report")] + [
          .object(head(command) + [SchemaKey("projects", "Where a run covers several projects.", .list(of: project), isRequired: true)]).open
        ]
    }
    return SchemaDocument(
      "output-" + command, title: "aiwg \(command) --format json", summary: summary, all.count == 1 ? all[0] : .either(all), definitions: definitions)
  }

  private static func head(_ command: String) -> [SchemaKey] {
    [
      key("version", "The version of this format.", .numbers([1])), key("command", "The command that printed it.", .words([command])),
      key("exit", "The exit code of the command.", .numbers(ExitStatus.allCases.map { Int($0.rawValue) })),
    ]
  }

  static let diagnostic = Schema.object([
    key("id", "What it is, for good: `area/what`.", .string(pattern: "^[a-z-]+/")),
    key("severity", "How much it weighs.", .words(of: Diagnostic.Severity.self)), key("message", "What is wrong.", .string()),
    key("path", "The file.", .string().orNothing), key("line", "From 1.", .integer(least: 1).orNothing),
    key("column", "From 1, in characters.", .integer(least: 1).orNothing), key("notes", "What else there is to say.", strings),
    key("help", "What to do about it.", .string().orNothing),
  ]).open

  // MARK: Words that the others are made of

  /// A key that is always there.
  static func key(_ name: String, _ summary: String, _ schema: Schema) -> SchemaKey { SchemaKey(name, summary, schema, isRequired: true) }

  static func list(_ keys: [SchemaKey]) -> Schema { .list(of: Schema.object(keys).open) }

  static let strings = Schema.list(of: .string())
  static let count = Schema.integer(least: 0)
  static let line = Schema.integer(least: 1).orNothing
  static let bytesPerToken = key("bytesPerToken", "How tokens are estimated.", .string())
  static let diagnostics = key("diagnostics", "What was found.", .list(of: .named("diagnostic")))
}

extension Schema {
  /// The same mapping, with room for keys that a later version adds.
  var open: Schema {
    guard case .object(var object) = self else { return self }
    object.others = .allowed
    return .object(object)
  }
}
