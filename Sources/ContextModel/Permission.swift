package import Diagnostics

/// One line of a permissions file: what it is about, and what is to be said to it.
package struct Permission: Hashable, Sendable {
  /// What is said to an action; of those that fit, the first in the order of strictness counts.
  package enum Decision: String, CaseIterable, Hashable, Sendable {
    case deny, ask, allow
  }

  /// What an action does.
  package enum Subject: String, CaseIterable, Hashable, Sendable {
    /// A path below the root of the repository, with `*`, `?` and `**`; what lies below it is meant too.
    case read, write
    /// The words that a command begins with and a `*`, or all words of it.
    case shell
    /// The host, `*.` and a domain, or `*`.
    case network
    /// A server, or a server and one of its tools.
    case mcp
  }

  package var decision: Decision
  package var subject: Subject
  package var text: String

  package init(_ decision: Decision, _ subject: Subject, _ text: String) {
    (self.decision, self.subject, self.text) = (decision, subject, text)
  }
}

extension Permission: CustomStringConvertible {
  /// Such as `deny shell: git push *`.
  package var description: String { "\(decision.rawValue) \(subject.rawValue): \(text)" }
}

extension Permission {
  /// An item of a permissions file; nil when it is none.
  fileprivate init?(_ decision: Decision, _ item: FieldValue) {
    guard case .map(let entries) = item, let entry = entries.first, let subject = Subject(rawValue: entry.key), let text = entry.value.scalarText
    else { return nil }
    self.init(decision, subject, text)
  }

  /// The parts of a path, the words of a command, or a server and its tool.
  package var parts: [String] {
    switch subject {
    case .read, .write, .mcp: text.split(separator: "/").map(String.init)
    case .shell: text.split(separator: " ").map(String.init)
    case .network: [text]
    }
  }

  /// Whether some action could be meant by both; true when that is not sure.
  package func mayOverlap(_ other: Permission) -> Bool {
    guard subject == other.subject else { return false }
    switch subject {
    case .read, .write: return pathsMayOverlap(parts[...], other.parts[...])
    case .shell: return commandsOverlap(parts, other.parts)
    case .network: return domainsOverlap(text, other.text)
    case .mcp: return zip(parts, other.parts).allSatisfy { $0 == $1 }
    }
  }
}

/// A path that ends covers all below it, so that one that goes on may lie in it.
private func pathsMayOverlap(_ left: ArraySlice<String>, _ right: ArraySlice<String>) -> Bool {
  for (one, other) in zip(left, right) {
    if one == "**" || other == "**" { return true }
    let isPattern = [one, other].contains { $0.contains("*") || $0.contains("?") }
    if !isPattern, one != other { return false }
    let (start, otherStart) = (literalStart(of: one), literalStart(of: other))
    if !start.hasPrefix(otherStart), !otherStart.hasPrefix(start) { return false }
  }
  return true
}

private func literalStart(of part: String) -> String { String(part.prefix { $0 != "*" && $0 != "?" }) }

private func commandsOverlap(_ left: [String], _ right: [String]) -> Bool {
  let (isLeftOpen, isRightOpen) = (left.last == "*", right.last == "*")
  let (one, other) = (isLeftOpen ? left.dropLast() : left[...], isRightOpen ? right.dropLast() : right[...])
  guard zip(one, other).allSatisfy({ $0 == $1 }) else { return false }
  return one.count == other.count || (one.count < other.count ? isLeftOpen : isRightOpen)
}

private func domainsOverlap(_ left: String, _ right: String) -> Bool {
  if left == "*" || right == "*" || left == right { return true }
  let (isLeftOpen, isRightOpen) = (left.hasPrefix("*."), right.hasPrefix("*."))
  if isLeftOpen, right.hasSuffix(left.dropFirst()) { return true }
  return isRightOpen && left.hasSuffix(right.dropFirst())
}

extension Artifact {
  /// The lines of a permissions file, those that restrict most first.
  package var permissions: [Permission] {
    Permission.Decision.allCases.flatMap { decision -> [Permission] in
      guard case .list(let items) = fields[decision.rawValue] else { return [] }
      return items.compactMap { Permission(decision, $0) }
    }
  }

  /// Where each line of a permissions file stands; what is said twice, where it is said first.
  package var permissionPlaces: [Permission: SourcePlace] {
    var out: [Permission: SourcePlace] = [:]
    for decision in Permission.Decision.allCases {
      guard let field = fields.first(where: { $0.key == decision.rawValue }), case .list(let items) = field.value else { continue }
      for (item, place) in zip(items, field.itemPlaces) {
        if let permission = Permission(decision, item), out[permission] == nil { out[permission] = place }
      }
    }
    return out
  }

  /// This one with what nobody may take back of the one whose place it takes.
  func keepingRestrictions(of earlier: Artifact) -> Artifact {
    var out = self
    switch id.kind {
    case .permissions:
      guard let old = earlier.fields.first(where: { $0.key == "deny" }), case .list(let kept) = old.value else { return out }
      let field = fields.first { $0.key == "deny" }
      var own: [FieldValue] = []
      if case .list(let items)? = field?.value { own = items }
      let new = own.indices.filter { !kept.contains(own[$0]) }
      var all = Field("deny", .list(kept + new.map { own[$0] }))
      let places = field?.itemPlaces ?? []
      if old.itemPlaces.count == kept.count, places.count == own.count {
        all.itemPlaces = old.itemPlaces + new.map { places[$0] }
      }
      out.fields = fields.filter { $0.key != "deny" } + [all]
    case .ignore:
      let end = earlier.body.bytes.last == UInt8(ascii: "\n") || earlier.body.bytes.isEmpty ? [] : [UInt8(ascii: "\n")]
      out.body = Body(bytes: earlier.body.bytes + end + body.bytes)
    default: break
    }
    return out
  }
}
