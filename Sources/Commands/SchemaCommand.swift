import ArgumentParser
import Diagnostics
import JSON
import Schemas

/// The command `aiwg schema`.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of a file that you write, or of what a command prints.",
    discussion: """
      Without a name, all are listed. They are draft 2020-12, and lie in `schemas/` of the project as well.

      Examples:
        aiwg schema
        aiwg schema aiwg.yaml > aiwg.schema.json
      """)

  @Argument(help: "A name from the list.")
  var name: String?

  func run() throws {
    let options = try CommonOptions.parse([])
    try reporting(options) { environment in
      let documents = try SchemaCatalog().documents
      guard let name else {
        environment.print(columns(documents.map { [$0.name, $0.summary] }))
        return .fine
      }
      guard let document = documents.first(where: { $0.name == name }) else {
        let help = nearest(to: name, among: documents.map(\.name)).map { "did you mean `\($0)`?" } ?? "`aiwg schema` lists them"
        throw CommandFailure(.invalid, "there is no schema `\(name)`", id: "usage/unknown-schema", help: help)
      }
      environment.print(document.json.text)
      return .fine
    }
  }
}
