/// How much a rule weighs: what comes first is packed first where room is short.
package enum Severity: String, CaseIterable, Hashable, Sendable, Comparable {
  case critical = "CRITICAL"
  case high = "HIGH"
  case medium = "MEDIUM"
  case low = "LOW"

  /// The heavier one comes first.
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  /// From 0 for what weighs most.
  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Artifact {
  /// What its field says; nil when it says none.
  package var severity: Severity? { fields["severity"]?.scalarText.flatMap(Severity.init(rawValue:)) }

  /// Where it stands among artifacts that share room: the weightiest first, those without a severity last.
  package var weightRank: Int { severity?.rank ?? Severity.allCases.count }
}
