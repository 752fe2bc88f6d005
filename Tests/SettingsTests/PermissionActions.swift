import ContextModel

/// What an agent is about to do.
enum Action: Hashable {
  case read(String), write(String)
  /// Commands with `&&`, `;` or `|` between them.
  case shell([String])
  case network(String)
  case mcp(server: String, tool: String)

  var subject: Permission.Subject {
    switch self {
    case .read: .read
    case .write: .write
    case .shell: .shell
    case .network: .network
    case .mcp: .mcp
    }
  }

  /// The parts that are judged one by one.
  var parts: [Action] {
    guard case .shell(let commands) = self else { return [self] }
    return commands.map { .shell([$0]) }
  }
}

/// What the canonical file says, by its definition alone.
struct Canonical {
  var permissions: [Permission]

  /// Nil when it says nothing.
  func verdict(_ action: Action) -> Permission.Decision? {
    let parts = action.parts.map(decision)
    for strict in [Permission.Decision.deny, .ask] where parts.contains(strict) { return strict }
    return parts.allSatisfy { $0 == .allow } ? .allow : nil
  }

  private func decision(_ action: Action) -> Permission.Decision? {
    [Permission.Decision.deny, .ask, .allow].first { decision in permissions.contains { $0.decision == decision && Self.fits($0, action) } }
  }

  static func fits(_ permission: Permission, _ action: Action) -> Bool {
    guard permission.subject == action.subject else { return false }
    switch action {
    case .read(let path), .write(let path):
      // What fits a folder fits all in it.
      return foldersAndSelf(path).contains { globMatches(permission.text, $0, crossesSlashes: false) }
    case .shell(let commands):
      guard permission.text != "*" else { return true }
      return commands.allSatisfy { command in
        if permission.text.hasSuffix(" *") {
          let start = String(permission.text.dropLast(2))
          return command == start || command.hasPrefix(start + " ")
        }
        return command == permission.text
      }
    case .network(let host):
      if permission.text == "*" { return true }
      return permission.text.hasPrefix("*.") ? host.hasSuffix(permission.text.dropFirst()) : host == permission.text
    case .mcp(let server, let tool): return permission.text == server || permission.text == server + "/" + tool
    }
  }
}

func foldersAndSelf(_ path: String) -> [String] {
  let parts = path.split(separator: "/").map(String.init)
  return (1...parts.count).map { parts.prefix($0).joined(separator: "/") }
}

/// A glob over a whole text; `/**` at the end needs something below, `**/` may stand for nothing.
func globMatches(_ pattern: String, _ text: String, crossesSlashes: Bool, emptyEnd: Bool = false) -> Bool {
  let pattern = Array(pattern)
  let text = Array(text)
  var known: [Int: Bool] = [:]
  func fits(_ p: Int, _ t: Int) -> Bool {
    let key = p << 16 | t
    if let result = known[key] { return result }
    let result = find(p, t)
    known[key] = result
    return result
  }
  func find(_ p: Int, _ t: Int) -> Bool {
    guard p < pattern.count else { return t == text.count }
    let rest = String(pattern[p...])
    if !crossesSlashes {
      let isStart = p == 0 || pattern[p - 1] == "/"
      if isStart, rest.hasPrefix("**/") {
        // No folder, or one and then the same again.
        if fits(p + 3, t) { return true }
        guard let slash = text[t...].firstIndex(of: "/") else { return false }
        return fits(p, slash + 1)
      }
      if emptyEnd, rest == "/**", t == text.count { return true }
      if isStart, rest == "**" { return t < text.count }
    }
    switch pattern[p] {
    case "*":
      if fits(p + 1, t) { return true }
      return t < text.count && (crossesSlashes || text[t] != "/") && fits(p, t + 1)
    case "?": return t < text.count && (crossesSlashes || text[t] != "/") && fits(p + 1, t + 1)
    default: return t < text.count && text[t] == pattern[p] && fits(p + 1, t + 1)
    }
  }
  return fits(0, 0)
}
