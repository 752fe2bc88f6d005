package import ContextModel
package import FileTree
package import Platforms

/// Which place carries which artifact, and for whom.
package struct Layout: Sendable {
  /// One artifact at one place.
  package struct Delivery: Sendable {
    package var artifact: Artifact
    package var place: Place
    package var form: Place.Form
    /// The artifact's name there; differs from its own when another artifact has that.
    package var name: String
    /// The file that is read for it.
    package var path: TreePath
    /// Ids of the platforms that get the artifact here, in order.
    package var platforms: [String]
  }

  /// A line that makes platforms load another file.
  package struct ImportLine: Sendable {
    package var path: TreePath
    package var line: String
    package var platforms: [String]
  }

  /// In order of place and artifact.
  package var deliveries: [Delivery]
  package var imports: [ImportLine]
  package var exceptions: [Exception]

  package init(deliveries: [Delivery] = [], imports: [ImportLine] = [], exceptions: [Exception] = []) {
    self.deliveries = deliveries
    self.imports = imports
    self.exceptions = exceptions
  }

  /// What could not be had exactly once.
  package struct Exception: Hashable, Sendable {
    package enum Problem: Hashable, Sendable {
      /// It gets no copy; the words say why.
      case missing(reason: String)
      /// It reads more than one copy, at these places' paths.
      case repeated(at: [String])
      /// It reads a copy although the artifact excludes it.
      case unwanted(at: [String])
    }

    package var platform: String
    /// Empty when all surfaces are meant.
    package var surface: String
    package var shape: Shape
    /// In order.
    package var artifacts: [ArtifactID]
    package var problem: Problem
  }
}
