import ContextLoading
import ContextModel
import Platforms
import ProjectFile
import Schemas

/// Every schema that there is: of the files that people write, and of what commands print.
struct SchemaCatalog {
  let documents: [SchemaDocument]

  /// With the names of the shipped platforms, which editors offer; other names are let pass.
  init() throws {
    let names = try Sources.shippedCatalog().platforms.flatMap { [$0.id] + $0.aliases }.sorted()
    documents = Self.configuration(names) + Self.heads(names) + OutputSchemas.documents
  }

  private static func configuration(_ names: [String]) -> [SchemaDocument] {
    let platform = Schema.either([.words(["all"] + names), .text()])
    let changes = names.flatMap { ["+" + $0, "-" + $0] }
    let change = Schema.either([.words(changes), .string(pattern: "^[+-](.|\\n)")])
    return [
      SchemaDocument(
        "aiwg.yaml", title: "aiwg.yaml", summary: "What a repository deploys.", Project.schema,
        definitions: [SchemaDocument.Definition("platform", platform)]),
      SchemaDocument(
        "aiwg.local.yaml", title: "aiwg.local.yaml", summary: "What one person adds to a project; it is not committed.", Project.overlaySchema,
        definitions: [SchemaDocument.Definition("platform-change", change)]),
      SchemaDocument(
        "platforms.yaml", title: "platforms.yaml", summary: "What platforms take and read, on top of those that ship with aiwg.",
        PlatformsSchema.root, definitions: PlatformsSchema.definitions),
    ]
  }

  private static func heads(_ names: [String]) -> [SchemaDocument] {
    let audience = Schema.either([.words(names + names.map { "!" + $0 }), .text()])
    return ArtifactKind.allCases.compactMap { kind in
      guard let schema = kind.schema else { return nil }
      let definitions = kind == .permissions ? [] : [SchemaDocument.Definition("audience", audience)]
      return SchemaDocument(kind.folder, title: title(of: kind), summary: summary(of: kind), schema, definitions: definitions)
    }
  }

  private static func title(of kind: ArtifactKind) -> String {
    switch kind {
    case .server: "An MCP server"
    case .hook: "A hook"
    case .permissions, .ignore: kind.file ?? kind.rawValue
    case .agent: "The head of an agent"
    case .rule, .skill, .command, .behavior: "The head of a \(kind.rawValue)"
    }
  }

  private static func summary(of kind: ArtifactKind) -> String {
    switch kind {
    case .permissions, .ignore: "What may be done without asking, what with, and what not at all."
    case .server, .hook: "A file `\(kind.folder)/NAME.yaml`. Keys that are not known are kept, and a map under a platform's id is for that alone."
    case .skill: "What stands between the dashes of `\(kind.folder)/NAME/SKILL.md`. Keys that are not known are kept."
    case .rule, .agent, .command, .behavior: "What stands between the dashes of `\(kind.folder)/NAME.md`. Keys that are not known are kept."
    }
  }
}
