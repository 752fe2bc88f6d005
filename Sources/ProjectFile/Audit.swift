package import Diagnostics
import Schemas
import YAML

/// What `audit:` in aiwg.yaml says: findings that somebody looked at and lets be.
package struct AuditAllowance: Hashable, Sendable {
  /// Of the finding.
  package var id: String
  /// A glob over paths from the root.
  package var path: String
  /// Why it may be there.
  package var reason: String
}

extension YAMLDecoder {
  mutating func audit(_ node: YAMLNode) -> [AuditAllowance] {
    var out: [AuditAllowance] = []
    for pair in expectPairs(node, known: Project.auditSchema.names) ?? [] {
      for item in expectList(pair.value) ?? [] {
        let before = diagnostics.count
        guard let pairs = expectPairs(item, known: AuditAllowance.schema.names) else { continue }
        let texts = Dictionary(pairs.map { ($0.keyText, expectText($0.value) ?? "") }) { first, _ in first }
        for key in AuditAllowance.schema.names where diagnostics.count == before && (texts[key] ?? "").allSatisfy(\.isWhitespace) {
          let help = "write `id: audit/x`, `path: docs/x.md` and `reason:` with why it may be there"
          report("audit-allow", "this allows nothing without `\(key)`", at: item.range, help: help)
        }
        guard diagnostics.count == before, let id = texts["id"], let path = texts["path"], let reason = texts["reason"] else { continue }
        out.append(AuditAllowance(id: id, path: path, reason: reason))
      }
    }
    return out
  }
}

extension ProjectFile {
  /// Where an entry of `allow:` stands, or the value of one of its keys.
  package func place(ofAllowance index: Int, _ key: String? = nil) -> SourcePlace {
    guard let items = root?["audit"]?["allow"]?.list, items.indices.contains(index) else { return place(of: "audit") }
    return source.place((key.flatMap { items[index][$0] } ?? items[index]).range)
  }
}
