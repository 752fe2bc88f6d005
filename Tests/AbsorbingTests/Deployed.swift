import Absorbing
import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import TestSupport

/// A tree laid out for some platforms, with the way of everything that stands anywhere.
struct Deployed {
  let catalog: PlatformCatalog
  let tree: ContextTree
  let lenses: [TreePath: [Lens]]

  init(_ tree: ContextTree, for platforms: [String], in catalog: PlatformCatalog) {
    (self.tree, self.catalog) = (tree, catalog)
    let renderer = Renderer(of: tree, in: catalog)
    lenses = renderer.lenses(in: renderer.layout(for: platforms, surroundings: Surroundings()))
  }

  /// In order, so that a seed gives the same ones again.
  var all: [Lens] { lenses.sorted { $0.key < $1.key }.flatMap(\.value) }
}

/// The corpus, or nil when it is absent.
func corpusTree(_ catalog: PlatformCatalog) throws -> ContextTree? {
  guard let folder = sharedDirectory("corpus/aiwg"), let tree = memoryTree(of: folder) else { return nil }
  return try artifacts(in: tree, catalog: catalog, lenient: true)
}
