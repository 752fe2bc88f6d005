extension Permission {
  /// Whether every action that the other one is about is one that this one is about; false when that is not sure.
  package func covers(_ other: Permission) -> Bool {
    guard subject == other.subject else { return false }
    if text == other.text { return true }
    switch subject {
    case .read, .write: return coversPath(other.parts)
    case .shell:
      guard parts.last == "*" else { return false }
      return (other.parts.last == "*" ? other.parts.dropLast() : other.parts[...]).starts(with: parts.dropLast())
    case .network: return text == "*" || (text.hasPrefix("*.") && other.text.hasSuffix(text.dropFirst()))
    case .mcp: return other.parts.starts(with: parts)
    }
  }

  /// What fits a folder fits all in it.
  private func coversPath(_ other: [String]) -> Bool {
    if parts == ["**"] { return true }
    let folder = parts.last == "**" ? parts.dropLast() : parts[...]
    guard folder.allSatisfy({ !$0.contains("*") && !$0.contains("?") }), other.starts(with: folder) else { return false }
    return parts.count == folder.count || other.count > folder.count
  }
}

extension Array where Element == Permission {
  /// Each change after which more is allowed than before, in words such as `allow shell: make *` and `no deny read: secrets`.
  package func loosened(from old: [Permission]) -> [String] {
    let allowed = filter { new in new.decision == .allow && !old.contains { $0.decision == .allow && $0.covers(new) } }
    let free = old.filter { one in
      one.decision != .allow && !contains { ($0.decision == one.decision || $0.decision == .deny) && $0.covers(one) }
    }
    return allowed.map(\.description) + free.map { "no \($0)" }
  }
}
