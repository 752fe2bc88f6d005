package import ContextModel
package import FileTree
package import Platforms

/// Which place carries which artifact, and for whom.
package struct Layout: Sendable {
  /// Where artifacts that are alike go: a place, in which form, and for whom; one for all of them.
  package final class Destination: Sendable {
    package let place: Place
    package let form: Place.Form
    /// Ids of the platforms that get the artifacts here, in order.
    package let platforms: [String]
    /// Those of the form.
    package let handledFields: Set<String>
    /// Whether it is for the reviewers of changes.
    package let isReview: Bool

    package init(place: Place, form: Place.Form, platforms: [String], isReview: Bool = false) {
      (self.place, self.form, self.platforms, self.isReview) = (place, form, platforms, isReview)
      handledFields = form.handledFields
    }
  }

  /// One artifact at one place; a class, because there are many of them and they are passed around.
  package final class Delivery: Sendable {
    package let artifact: Artifact
    package let destination: Destination
    /// The artifact's name there; differs from its own when another artifact has that.
    package let name: String
    /// The file that is read for it.
    package let path: TreePath
    /// The files that have no room for it, when it does not stand here in the form that it asks for.
    package let displacedFrom: [Overflow]

    package var place: Place { destination.place }
    package var form: Place.Form { destination.form }
    /// Ids of the platforms that get the artifact here, in order.
    package var platforms: [String] { destination.platforms }
    package var handledFields: Set<String> { destination.handledFields }
    /// Whether it is for the reviewers of changes.
    package var isReview: Bool { destination.isReview }
    /// The shape in which it stands here, when it is not displaced.
    package var shape: Shape { isReview ? .review : artifact.shape }

    package init(_ artifact: Artifact, to destination: Destination, name: String, path: TreePath, displacedFrom: [Overflow] = []) {
      (self.artifact, self.destination, self.name, self.path) = (artifact, destination, name, path)
      self.displacedFrom = displacedFrom
    }

    package convenience init(
      artifact: Artifact, place: Place, form: Place.Form, name: String, path: TreePath, platforms: [String], displacedFrom: [Overflow] = [],
      isReview: Bool = false
    ) {
      let destination = Destination(place: place, form: form, platforms: platforms, isReview: isReview)
      self.init(artifact, to: destination, name: name, path: path, displacedFrom: displacedFrom)
    }
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
  /// By artifact: the places that cannot hold it, wherever it went instead.
  package var displaced: [ArtifactID: [Overflow]] = [:]
  /// By artifact: the places that cannot hold it, where it stands all the same because there is no other.
  package var cut: [ArtifactID: [Overflow]] = [:]
  /// Those for which there are more sets of places than can be tried, so that a better one may have been missed; in order.
  package var untried: [ArtifactID] = []

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
    /// The other platforms that get them at the places that are too many.
    package var neededBy: [String] = []
    /// What it loads too much at start.
    package var bytes = 0
  }
}
