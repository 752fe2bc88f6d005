package import ContextModel

/// A kind, and for a rule its activation: what a place must have a form for.
package struct Shape: Hashable, Sendable, Comparable {
  package var kind: ArtifactKind
  /// Nil for kinds other than rules.
  package var activation: Activation?
  /// Whether it is a check for the reviewers of changes, whatever makes the rule load elsewhere.
  package private(set) var isReview = false

  package init(kind: ArtifactKind, activation: Activation? = nil) {
    self.kind = kind
    self.activation = kind == .rule ? activation ?? .always : nil
  }

  /// A rule as the reviewers of changes check it.
  package static let review: Shape = {
    var shape = Shape(kind: .rule)
    (shape.activation, shape.isReview) = (nil, true)
    return shape
  }()

  /// Every shape, in order.
  package static let all: [Shape] = ArtifactKind.texts.filter { $0 != .behavior }.flatMap { kind in
    kind == .rule ? Activation.allCases.map { Shape(kind: kind, activation: $0) } + [review] : [Shape(kind: kind)]
  }

  /// By description.
  static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.description, $0) })

  package static func < (left: Shape, right: Shape) -> Bool { left.description < right.description }
}

extension Shape: CustomStringConvertible {
  /// As platforms.yaml spells it: `skills`, or `rules/globs`.
  package var description: String { isReview ? kind.folder + "/review" : activation.map { kind.folder + "/" + $0.rawValue } ?? kind.folder }
}

extension Artifact {
  /// The shape that a place must have a form for, reviews left out.
  package var shape: Shape { Shape(kind: isRule ? .rule : id.kind, activation: activation) }

  /// Every shape in which somebody is to have it: as what it is, and as a check of reviewers.
  package var shapes: [Shape] { (review == .only ? [] : [shape]) + (review == nil ? [] : [.review]) }
}
