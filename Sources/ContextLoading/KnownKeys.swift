package import ContextModel

extension ArtifactKind {
  /// The keys that mean something for the kind here or on some platform; any other is kept all the same.
  package var knownKeys: [String] { common + own }

  private var common: [String] { ["name", "description", "platforms", "tags"] }

  private var own: [String] {
    switch self {
    case .rule: ["severity", "category", "factor", "globs", "paths", "activation", "review"]
    case .agent:
      [
        "tools", "model", "readonly", "category", "memory", "color", "skills", "permissionMode", "allowed-tools", "disallowedTools", "hooks",
        "mcpServers", "maxTurns", "background", "effort", "isolation", "initialPrompt",
      ]
    case .server: ["command", "args", "env", "cwd", "url", "transport", "headers", "enabled", "timeout", "allow", "deny"]
    case .hook: ["event", "tools", "command", "timeout"]
    case .permissions: ["allow", "ask", "deny"]
    case .ignore: []
    case .behavior: ["on", "tools", "command", "timeout", "severity", "category"]
    case .command: ["argument-hint", "allowed-tools", "model", "disable-model-invocation", "category"]
    case .skill:
      [
        "license", "compatibility", "metadata", "allowed-tools", "argument-hint", "disable-model-invocation", "user-invocable", "version", "tools",
        "triggers", "model",
      ]
    }
  }
}
