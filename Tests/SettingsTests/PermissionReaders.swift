import ContextModel
import FileTree
import SettingsFiles

/// How a platform judges an action by its settings, from what its page says; where that leaves two readings, both are tried.
protocol PermissionReader: Sendable {
  /// One verdict for each reading.
  func verdicts(_ settings: [DesiredSetting], _ action: Action) -> [Permission.Decision]
}

/// The texts of a list, and the entries of a map, of a settings file with nothing else in it.
extension [DesiredSetting] {
  func list(_ path: [String]) -> [String] {
    filter { $0.isElement && $0.path == path }.compactMap { fieldValue(ofJSON: $0.value)?.scalarText }
  }

  func map(_ path: [String]) -> [FieldValue.Entry] {
    if let whole = first(where: { !$0.isElement && $0.path == path }), case .map(let entries)? = fieldValue(ofJSON: whole.value) { return entries }
    return filter { !$0.isElement && $0.path.count == path.count + 1 && $0.path.starts(with: path) }.compactMap { setting in
      fieldValue(ofJSON: setting.value).map { .init(setting.path.last ?? "", $0) }
    }
  }
}

/// What stands between the brackets of `Name(…)`; nil for another name.
private func inner(_ rule: String, _ name: String) -> String? {
  guard rule.hasPrefix(name + "("), rule.hasSuffix(")") else { return nil }
  return String(rule.dropFirst(name.count + 1).dropLast())
}

private func isPrefix(_ start: String, of command: String) -> Bool { command == start || command.hasPrefix(start + " ") }

/// Deny, then ask, then allow; of a command line, each command by itself.
struct ListReader: PermissionReader {
  var lists: [Permission.Decision: [String]]
  /// Several, where the page leaves it open.
  var orders: [[Permission.Decision]] = [[.deny, .ask, .allow]]
  /// What holds where no rule fits.
  var unruled: @Sendable (Action) -> Permission.Decision
  /// Whether a rule fits; the second value is whether it is one that allows.
  var fits: @Sendable (String, Action, Bool) -> Bool
  var splitsCommands = true

  func verdicts(_ settings: [DesiredSetting], _ action: Action) -> [Permission.Decision] {
    orders.map { order in
      let parts = (splitsCommands ? action.parts : [action]).map { part in
        order.first { decision in settings.list(lists[decision] ?? []).contains { fits($0, part, decision == .allow) } } ?? unruled(part)
      }
      return [.deny, .ask].first(where: parts.contains) ?? .allow
    }
  }
}

/// The last rule that fits counts.
struct LastRuleReader: PermissionReader {
  func verdicts(_ settings: [DesiredSetting], _ action: Action) -> [Permission.Decision] {
    (0..<4).map { reading in
      let parts = action.parts.map { part in judge(settings, part, reading) }
      return [.deny, .ask].first(where: parts.contains) ?? .allow
    }
  }

  /// Of paths, as relative and as absolute ones; of commands, with and without a last `*` that may be left out.
  private func judge(_ settings: [DesiredSetting], _ action: Action, _ reading: Int) -> Permission.Decision {
    let (key, texts): (String, [String])
    switch action {
    case .read(let path): (key, texts) = ("read", [reading & 1 == 0 ? path : "/srv/repo/" + path])
    case .write(let path): (key, texts) = ("edit", [reading & 1 == 0 ? path : "/srv/repo/" + path])
    case .shell(let commands): (key, texts) = ("bash", commands)
    case .network(let host):
      (key, texts) = ("webfetch", [["https://\(host)", "http://\(host)/", "https://\(host):8443/a", "https://me@\(host)/a?b"][reading]])
    case .mcp: return .allow
    }
    var decision = Permission.Decision.allow
    for entry in settings.map(["permission", key]) {
      let fits = texts.allSatisfy { text in
        if reading & 2 != 0, key == "bash", entry.key.hasSuffix(" *"), globMatches(String(entry.key.dropLast(2)), text, crossesSlashes: true) {
          return true
        }
        return globMatches(entry.key, text, crossesSlashes: true)
      }
      if fits { decision = Permission.Decision(rawValue: entry.value.scalarText ?? "") ?? .allow }
    }
    return decision
  }
}

/// Every command has to fit a rule that approves, and none one that does not.
struct ApprovalReader: PermissionReader {
  func verdicts(_ settings: [DesiredSetting], _ action: Action) -> [Permission.Decision] {
    guard case .shell = action else { return [.ask] }
    let rules = settings.map(["chat.tools.terminal.autoApprove"])
    let isApproved = action.parts.allSatisfy { part in
      guard case .shell(let commands) = part, let command = commands.first else { return false }
      let fitting = rules.filter { rule in
        guard let regex = try? Regex(String(rule.key.dropFirst().dropLast())) else { return true }
        return command.firstMatch(of: regex) != nil
      }
      return fitting.contains { $0.value == .bool(true) } && !fitting.contains { $0.value == .bool(false) }
    }
    return [isApproved ? .allow : .ask]
  }
}

private let permissionLists: [Permission.Decision: [String]] = [
  .deny: ["permissions", "deny"], .ask: ["permissions", "ask"], .allow: ["permissions", "allow"],
]

@Sendable private func readsFreely(_ action: Action) -> Permission.Decision { if case .read = action { .allow } else { .ask } }

private func toolFits(_ rule: String, _ server: String, _ tool: String) -> Bool {
  rule == "mcp__" + server || rule == "mcp__\(server)__*" || rule == "mcp__\(server)__\(tool)"
}

@Sendable private func claudeFits(_ rule: String, _ action: Action, _: Bool) -> Bool {
  switch action {
  case .read(let path), .write(let path):
    let isRead = if case .read = action { true } else { false }
    guard let pattern = inner(rule, isRead ? "Read" : "Edit"), pattern.hasPrefix("/") else { return false }
    return foldersAndSelf(path).contains { globMatches(String(pattern.dropFirst()), $0, crossesSlashes: false) }
  case .shell(let commands):
    guard rule != "Bash", let command = commands.first else { return true }
    guard let pattern = inner(rule, "Bash") else { return false }
    return pattern.hasSuffix(" *") ? isPrefix(String(pattern.dropLast(2)), of: command) : pattern == command
  case .network(let host): return rule == "WebFetch" || inner(rule, "WebFetch") == "domain:" + host
  case .mcp(let server, let tool): return toolFits(rule, server, tool)
  }
}

@Sendable private func qwenFits(_ rule: String, _ action: Action, _: Bool) -> Bool {
  switch action {
  case .read(let path), .write(let path):
    let isRead = if case .read = action { true } else { false }
    guard let pattern = inner(rule, isRead ? "Read" : "Edit"), pattern.hasPrefix("/") else { return false }
    return globMatches(String(pattern.dropFirst()), path, crossesSlashes: false, emptyEnd: true)
  case .shell(let commands):
    guard rule != "Bash", let command = commands.first else { return true }
    guard let pattern = inner(rule, "Bash") else { return false }
    // Without a star it compares what the command begins with.
    return isPrefix(pattern.hasSuffix(" *") ? String(pattern.dropLast(2)) : pattern, of: command)
  case .network(let host):
    guard rule != "WebFetch", let domain = inner(rule, "WebFetch")?.dropFirst(7) else { return rule == "WebFetch" }
    return host == domain || host.hasSuffix("." + domain)
  case .mcp(let server, let tool): return toolFits(rule, server, tool)
  }
}

@Sendable private func cursorFits(_ rule: String, _ action: Action, _ allows: Bool) -> Bool {
  switch action {
  case .read(let path), .write(let path):
    let isRead = if case .read = action { true } else { false }
    guard let pattern = inner(rule, isRead ? "Read" : "Write") else { return false }
    // Its page does not say whether a name alone is looked for everywhere: what allows may do more, what refuses less.
    if allows, !pattern.contains("/"), globMatches(pattern, path.split(separator: "/").last.map(String.init) ?? "", crossesSlashes: false) {
      return true
    }
    return globMatches(pattern, path, crossesSlashes: false, emptyEnd: allows)
  case .shell(let commands):
    let first = commands.first?.split(separator: " ").first.map(String.init)
    return inner(rule, "Shell") == first
  case .network(let host): return inner(rule, "WebFetch") == host
  case .mcp(let server, let tool): return inner(rule, "Mcp") == server + ":" + tool
  }
}

@Sendable private func windsurfFits(_ rule: String, _ action: Action, _ allows: Bool) -> Bool {
  switch action {
  case .read(let path), .write(let path):
    let isRead = if case .read = action { true } else { false }
    guard let pattern = inner(rule, isRead ? "Read" : "Write") else { return false }
    // `?` is no letter of its patterns.
    if pattern.contains("?") { return false }
    if allows { return foldersAndSelf(path).contains { globMatches(pattern, $0, crossesSlashes: false, emptyEnd: true) } }
    return globMatches(pattern, path, crossesSlashes: false)
  case .shell(let commands):
    guard rule != "exec" else { return true }
    // A line may be compared as it stands.
    return inner(rule, "Exec").map { isPrefix($0, of: allows ? commands.joined(separator: " && ") : commands.first ?? "") } ?? false
  case .network(let host): return inner(rule, "Fetch") == "domain:" + host
  case .mcp(let server, let tool): return toolFits(rule, server, tool)
  }
}

@Sendable private func geminiFits(_ rule: String, _ action: Action, _: Bool) -> Bool {
  switch action {
  case .read: return rule == "read_file"
  case .write: return rule == "write_file"
  // A command in brackets counts in `tools.allowed` alone, and refuses all others there.
  case .shell: return rule == "run_shell_command"
  case .network: return rule == "web_fetch"
  case .mcp(let server, let tool):
    let name = "mcp_\(server)_\(tool)"
    return rule == name || (rule.hasSuffix("*") && name.hasPrefix(rule.dropLast()))
  }
}

/// A session may begin in a folder, from which paths are looked for then: what restricts has to fit there as well.
@Sendable private func grokFits(_ rule: String, _ action: Action, _ allows: Bool) -> Bool {
  switch action {
  case .read(let path), .write(let path):
    let isRead = if case .read = action { true } else { false }
    guard let pattern = inner(rule, isRead ? "Read" : "Edit") else { return false }
    let starts = ["", path.split(separator: "/").dropLast().first.map { $0 + "/" } ?? ""]
    let readings = starts.map { start in
      ["/srv/repo/" + path, String(path.dropFirst(start.count))].contains { globMatches(pattern, $0, crossesSlashes: false) }
    }
    return allows ? readings.contains(true) : !readings.contains(false)
  case .shell(let commands):
    guard rule != "Bash", let command = commands.first else { return true }
    guard let pattern = inner(rule, "Bash") else { return false }
    // Its page compares letter by letter, its source word by word.
    let begins = allows ? command.hasPrefix(pattern) : isPrefix(pattern, of: command)
    return begins || globMatches(pattern, command, crossesSlashes: true)
  case .network(let host):
    guard rule != "WebFetch", let domain = inner(rule, "WebFetch")?.dropFirst(7) else { return rule == "WebFetch" }
    return host == domain || host.hasSuffix("." + domain)
  case .mcp(let server, let tool): return inner(rule, "MCPTool").map { globMatches($0, server + "__" + tool, crossesSlashes: true) } ?? false
  }
}

/// Rules over the first words of a command; of those that fit, the strictest counts.
///
/// What none fits runs in a sandbox, without a question.
struct PrefixRuleReader: PermissionReader {
  func verdicts(_ settings: [DesiredSetting], _ action: Action) -> [Permission.Decision] {
    guard case .shell = action else { return [.allow] }
    let rules = settings.list(["lines"]).map(Self.rule)
    let parts = action.parts.map { part -> Permission.Decision in
      guard case .shell(let commands) = part else { return .allow }
      let words = (commands.first ?? "").split(separator: " ").map(String.init)
      let fitting = rules.filter { words.starts(with: $0.words) }.map(\.decision)
      return fitting.contains("forbidden") ? .deny : fitting.contains("prompt") ? .ask : .allow
    }
    return [[.deny, .ask].first(where: parts.contains) ?? .allow]
  }

  /// `prefix_rule(pattern = ["…"], decision = "…")`; anything else would keep the file from being read.
  private static func rule(_ line: String) -> (words: [String], decision: String) {
    guard let open = line.firstIndex(of: "["), let close = line.lastIndex(of: "]"), line.hasPrefix("prefix_rule(pattern = ["),
      let words = fieldValue(ofJSON: Array(line[open...close].utf8))?.textList, !words.isEmpty
    else { return ([], "forbidden") }
    let rest = line[line.index(after: close)...]
    guard rest.hasPrefix(", decision = \""), rest.hasSuffix("\")") else { return ([], "forbidden") }
    return (words, String(rest.dropFirst(14).dropLast(2)))
  }
}

/// By platform.
let permissionReaders: [String: any PermissionReader] = [
  "claude-code": ListReader(lists: permissionLists, unruled: readsFreely, fits: claudeFits),
  "qwen-code": ListReader(lists: permissionLists, unruled: readsFreely, fits: qwenFits),
  "cursor": ListReader(lists: permissionLists, unruled: readsFreely, fits: cursorFits, splitsCommands: false),
  "windsurf": ListReader(
    lists: permissionLists, orders: [[.deny, .ask, .allow], [.deny, .allow, .ask]], unruled: readsFreely, fits: windsurfFits, splitsCommands: false),
  "gemini-cli": ListReader(
    lists: [.deny: ["tools", "exclude"], .ask: ["tools", "confirmationRequired"], .allow: ["tools", "allowed"]], unruled: readsFreely,
    fits: geminiFits),
  "grok-cli": ListReader(
    lists: [.deny: ["permission", "deny"], .ask: ["permission", "ask"], .allow: ["permission", "allow"]], unruled: readsFreely, fits: grokFits),
  "codex": PrefixRuleReader(), "opencode": LastRuleReader(), "kilo-code": LastRuleReader(), "copilot": ApprovalReader(),
]
