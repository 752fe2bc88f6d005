package import ContextModel
import Schemas

extension ArtifactKind {
  /// The keys that mean something for the kind here or on some platform; any other is kept all the same.
  package var knownKeys: [String] { Self.keysByKind[self] ?? [] }

  private static let keysByKind = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.listedKeys) })

  private var listedKeys: [String] { schema?.keys.map(\.name) ?? [] }
}
