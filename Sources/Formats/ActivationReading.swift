package import ContextModel
import Globs
package import Platforms

extension PlatformCatalog {
  /// When a rule at a path is in force, by what the platforms that read the path make of its head; nil when the head decides nothing there.
  package func activation(of head: [Field], at path: String, for platforms: [String]) -> Activation? {
    let read = platforms.lazy.compactMap { platform(id: $0) }.flatMap(\.reads).first { !$0.head.isEmpty && Glob($0.path).matches(path) }
    guard let rule = read?.head.first(where: { $0.holds(for: head) }) else { return nil }
    switch rule.when {
    case .always: return .always
    case .matched: return .globs
    case .listed: return .model
    case .demand: return .manual
    case .never: return nil
    }
  }

  private func platform(id: String) -> Platform? { platform(id) }
}

extension HeadRule {
  /// Whether a head has what the rule asks for; a rule about a file beside it is never asked.
  fileprivate func holds(for head: [Field]) -> Bool {
    guard beside == nil else { return false }
    if let key {
      guard let found = head[key], found != .null, value == nil || found.scalarText == value else { return false }
    }
    guard let patterns else { return true }
    return head[patterns].map { !$0.patterns.isEmpty } ?? false
  }
}
