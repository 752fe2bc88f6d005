/// Settings that let a model do everything, as data.
enum OpenGrants {
  /// A key, the last of its path, in lower case, and what it must be for everything to be allowed.
  struct Flag {
    var key: String
    var values: Set<String>

    init(_ key: String, _ values: Set<String> = ["true"]) { (self.key, self.values) = (key, values) }
  }

  /// Found under whatever path.
  static let flags: [Flag] = [
    Flag("defaultmode", ["bypasspermissions"]), Flag("permissionmode", ["bypasspermissions"]), Flag("permission-mode", ["bypasspermissions"]),
    Flag("approval_policy", ["never"]), Flag("sandbox_mode", ["danger-full-access"]), Flag("approvalmode", ["yolo"]), Flag("approval_mode", ["yolo"]),
    Flag("defaultapprovalmode", ["yolo"]), Flag("enableallprojectmcpservers"), Flag("chat.tools.autoapprove"), Flag("chat.tools.global.autoapprove"),
    Flag("autoapprove"), Flag("auto_approve"), Flag("auto-approve"), Flag("autoapproveall"), Flag("yolo"), Flag("yolomode"), Flag("yolo_mode"),
    Flag("yolo-mode"),
    Flag("dangerouslyskippermissions"), Flag("skipdangerousmodepermissionprompt"), Flag("dangerouslydisablesandbox"),
    Flag("allowunsandboxedcommands"),
    Flag("dangerouslyallowallbuilds"), Flag("trustalltools"), Flag("trust_all_tools"), Flag("allowalltools"), Flag("autoaccept"),
    Flag("auto-accept", ["true"]),
    Flag("security.workspace.trust.enabled", ["false"]), Flag("yes-always"), Flag("confirmation_mode", ["false"]),
  ]

  /// Keys of servers that are believed without a question.
  static let serverFlags: [Flag] = [Flag("trust"), Flag("trusted"), Flag("alwaysallow", ["*"])]

  /// Keys of lists of what may be done.
  static let lists: Set<String> = [
    "allow", "allowed", "allowedtools", "allowed-tools", "allowed_tools", "alwaysallow", "autoapprove", "auto-approve", "auto_approve", "allowlist",
    "commandallowlist",
    "allowedcommands", "allowed_commands", "trustedtools", "trusted_tools", "terminal.allowlist", "autoapprovedtools",
  ]

  /// Keys under which nothing is granted.
  static let refusals: Set<String> = [
    "deny", "denied", "denylist", "ask", "exclude", "excluded", "excludetools", "excludedtools", "disallowedtools", "disallowed-tools",
    "disallowed_tools", "blocklist", "blocked",
    "forbidden", "ignore", "commanddenylist", "deniedcommands",
  ]

  /// Words for the tool that runs commands, in lower case.
  static let shells: Set<String> = [
    "bash", "shell", "execute", "terminal", "run_shell_command", "shelltool", "launch-process", "runcommand", "run_command", "exec",
  ]

  /// Programs that run any other one.
  static let runners: Set<String> = ["sudo", "sh", "bash", "zsh", "eval", "exec", "env", "xargs", "su", "doas", "powershell", "pwsh", "cmd"]

  /// What an entry of a list allows; nil for what is less than everything.
  static func everything(in entry: String, isHead: Bool) -> String? {
    let lower = entry.lowercased().filter { $0 != " " }
    if ["*", "**", "all", "*(*)", "mcp__*", "mcp(*)", "mcp(*:*)", "*:*"].contains(lower) { return "every tool" }
    let tool = lower.prefix { $0 != "(" }
    guard shells.contains(String(tool)) else { return nil }
    // In the head of one skill or command the bare word is how the tool is named.
    if tool.count == lower.count { return isHead ? nil : "every command" }
    let scope = lower.dropFirst(tool.count + 1).prefix { $0 != ")" }
    if ["*", ":*", "**", ".*", "*:*", "/.*/"].contains(String(scope)) { return "every command" }
    let program = scope.prefix { $0 != ":" && $0 != "*" && $0 != "-" }
    if runners.contains(String(program)), scope.hasSuffix("*") { return "every command, through `\(program)`" }
    return nil
  }
}
