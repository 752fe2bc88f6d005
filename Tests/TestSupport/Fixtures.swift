import ContextLoading
package import ContextModel
package import Diagnostics
package import FileTree
import Foundation
package import Platforms

/// A test cannot go on.
package struct FixtureError: Error, CustomStringConvertible {
  package var description: String
}

/// The catalog that ships with aiwg, as it is in a repository, with a platforms.yaml of a user on top.
package func shippedCatalog(overlay: String? = nil) throws -> PlatformCatalog {
  let shipped = try shippedOnce.get()
  guard let overlay else { return shipped.ofProject }
  return try catalog(overlay, path: "mine.yaml", onto: shipped).ofProject
}

/// The catalog that ships with aiwg, as it is in a home directory.
package func shippedHomeCatalog() throws -> PlatformCatalog { try shippedOnce.get().ofHome() }

/// The defaults as a command line names them: a tree of hundreds of artifacts for all platforms takes minutes.
package let defaultPlatforms = (try? shippedCatalog().defaults.joined(separator: ",")) ?? ""

/// Decoded once, as nearly every test needs it.
private let shippedOnce = Result { try catalog(try checkoutText("platforms.yaml"), path: "platforms.yaml", onto: PlatformCatalog()) }

extension PlatformCatalog {
  /// What a deploy is for when nobody says otherwise; tests of all sets of platforms take these.
  package var defaults: [String] { platforms.filter(\.isDefault).map(\.id) }

  /// The defaults and some of the others, drawn by the seed; `AIWG_LAWS=full` in the environment takes all.
  package func sample(others count: Int = 5) -> [Platform] {
    guard !isLawFull else { return platforms }
    var random = SeededGenerator(seed: lawSeed())
    let others = Set(platforms.filter { !$0.isDefault }.map(\.id).shuffled(using: &random).prefix(count))
    print("platforms beside the defaults: \(others.sorted().joined(separator: " "))")
    return platforms.filter { $0.isDefault || others.contains($0.id) }
  }
}

private func catalog(_ text: String, path: String, onto base: PlatformCatalog) throws -> PlatformCatalog {
  var diagnostics: [Diagnostic] = []
  let catalog = decodePlatforms(SourceText(path: path, bytes: Array(text.utf8)), onto: base, diagnostics: &diagnostics)
  guard let catalog else { throw FixtureError(description: rendered(diagnostics)) }
  return catalog
}

/// Findings as the user sees them.
package func rendered(_ diagnostics: [Diagnostic]) -> String {
  diagnostics.map { TextRenderer(colored: false).render($0) }.joined()
}

/// The artifacts of a tree that lies in the repository's folder `source`; errors make the test fail.
package func artifacts(
  in tree: any ReadableTree, source: String = ".aiwg", catalog: PlatformCatalog, locale: String? = nil, lenient: Bool = false
) throws -> ContextTree {
  var diagnostics: [Diagnostic] = []
  let loader = ContextLoader(
    tree: tree, shownAs: source + "/", platformIDs: catalog.ids, locale: locale.flatMap { LanguageTag($0) })
  let loaded = try loader.load(diagnostics: &diagnostics)
  if diagnostics.hasErrors, !lenient { throw FixtureError(description: rendered(diagnostics)) }
  return ContextTree(
    joining: [
      loaded.artifacts.map { artifact in
        var artifact = artifact
        artifact.repositoryPath = TreePath(source + "/" + artifact.path.text)
        return artifact
      }
    ])
}

/// The artifacts of an archive's text.
package func artifacts(_ txtar: String, catalog: PlatformCatalog, locale: String? = nil) throws -> ContextTree {
  try artifacts(in: Txtar(txtar).tree, catalog: catalog, locale: locale)
}
/// The archive with one of everything that the goldens are made from.
package func fixtureText() throws -> String { try checkoutText("Tests/GoldenTests/fixture.txtar") }

/// The artifacts of the library that ships with aiwg, in the order of their ids.
/// - Parameter language: that of the translations to take where there are any.
package func shippedArtifacts(in language: String? = nil) throws -> [Artifact] {
  var nodes: [TreePath: MemoryTree.Node] = [:]
  // No behaviors ship.
  for kind in ArtifactKind.texts where kind != .behavior {
    guard let folder = TreePath(kind.folder), let tree = memoryTree(of: checkoutRoot().appendingPathComponent(kind.folder).path) else {
      throw FixtureError(description: "the checkout has no \(kind.folder)/")
    }
    for (path, node) in tree.nodes { nodes[folder.appending(path)] = node }
  }
  return try artifacts(in: MemoryTree(nodes), catalog: shippedCatalog(), locale: language).artifacts.sorted { $0.id < $1.id }
}
