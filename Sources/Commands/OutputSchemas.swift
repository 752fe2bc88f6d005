import Schemas

/// The schemas of what commands print with `--format json`.
enum OutputSchemas {
  static let documents: [SchemaDocument] = []
}
