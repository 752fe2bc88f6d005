package import ContextModel

/// A kind, and for a rule its activation: what a place must have a form for.
package struct Shape: Hashable, Sendable, Comparable {
  package var kind: ArtifactKind
  /// Nil for kinds other than rules.
  package var activation: Activation?

  package init(kind: ArtifactKind, activation: Activation? = nil) {
    self.kind = kind
    self.activation = kind == .rule ? activation ?? .always : nil
  }

  /// Every shape, in order.
  package static let all: [Shape] = ArtifactKind.texts.filter { $0 != .behavior }.flatMap { kind in
    kind == .rule ? Activation.allCases.map { Shape(kind: kind, activation: $0) } : [Shape(kind: kind)]
  }

  package static func < (left: Shape, right: Shape) -> Bool { left.description < right.description }
}

extension Shape: CustomStringConvertible {
  /// As platforms.yaml spells it: `skills`, or `rules/globs`.
  package var description: String { activation.map { kind.folder + "/" + $0.rawValue } ?? kind.folder }
}

extension Artifact {
  /// The shape that a place must have a form for.
  package var shape: Shape { Shape(kind: isRule ? .rule : id.kind, activation: activation) }
}
