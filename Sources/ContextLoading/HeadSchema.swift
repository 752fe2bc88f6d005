package import ContextModel
package import Schemas

extension ArtifactKind {
  /// The keys that mean something for the kind here or on some platform, and what may stand there; nil for a kind without keys.
  ///
  /// It names the definition `audience`.
  package var schema: Schema? { Self.schemas[self] }

  private static let schemas = Dictionary(uniqueKeysWithValues: allCases.compactMap { kind in HeadSchema.of(kind).map { (kind, $0) } })
}

/// What a head may say, by kind.
package enum HeadSchema {
  /// A text that only people and platforms read; a number is let pass, as in `model: 4`.
  package static let label = Schema.either([.string(), .number, .null])
  package static let flag = Schema.either([.flag, .null])
  package static let number = Schema.either([.number, .null])
  package static let map = Schema.either([.object(ObjectSchema(keys: [], others: .allowed)), .null])
  /// Texts, or one text with commas.
  package static let list = Schema.either([.string(), .list(of: .text()), .null])
  /// Texts, or one text with commas, where reading refuses anything else.
  static let names = Schema.either([.text(), .list(of: .text()), .null])
  private static let scalar = Schema.either([.text(), .null])

  static func of(_ kind: ArtifactKind) -> Schema? {
    switch kind {
    case .ignore: return nil
    case .permissions: return .object(permissions)
    case .server: return servers
    default:
      // What a platform knows and aiwg does not is kept, whatever it is called.
      let head = Schema.object(ObjectSchema(keys: common(kind) + own(kind), others: .allowed))
      // A rule needs no head.
      return kind == .rule ? head.orNothing : head
    }
  }

  private static func common(_ kind: ArtifactKind) -> [SchemaKey] {
    let needsDescription = [.agent, .skill, .command].contains(kind)
    return [
      SchemaKey("name", "The name of the file, or of a skill's folder, which counts where they differ.", scalar),
      SchemaKey(
        "description", "What it does, and when to use it: what a model chooses by.", needsDescription ? .text(pattern: #"\S"#) : scalar,
        isRequired: needsDescription),
      SchemaKey(
        "platforms", "Only these platforms get it, by id or alias; `!x` leaves one out. Without it, all do.",
        .either([.text(), .list(of: .named("audience")), .null])),
      SchemaKey("tags", "Words that it can be picked by.", list),
    ]
  }

  private static func own(_ kind: ArtifactKind) -> [SchemaKey] {
    switch kind {
    case .rule: rule
    case .agent: agent
    case .skill: skill
    case .command: command
    case .behavior: behavior
    case .hook: hook
    case .server, .permissions, .ignore: []
    }
  }

  private static let severity = SchemaKey(
    "severity", "How much it weighs: what comes first is packed first where room is short.", .words(of: Severity.self))
  private static let category = SchemaKey("category", "The group that it is in, for people.", label)
  private static let model = SchemaKey("model", "The model that it runs on, in the platform's own words.", label)
  private static let argumentHint = SchemaKey("argument-hint", "What the user may type behind its name.", scalar)
  private static let isUserOnly = SchemaKey("disable-model-invocation", "Whether only the user may start it, and not the model.", flag)

  private static let rule = [
    severity, category,
    SchemaKey("factor", "The principle that it follows from, such as `12-factor-VI`.", .anything),
    SchemaKey("globs", "Patterns of the files that it is for, such as `src/**`.", names),
    SchemaKey("paths", "Another name for `globs`, which goes first.", names),
    SchemaKey(
      "activation", "When it loads: `always`, with the files of its `globs`, when the `model` asks for it, or by the user's hand (`manual`).",
      .words(of: Activation.self)),
    SchemaKey(
      "review", "`true` for a rule that reviewers of changes check as well, `only` for one that nobody else gets.",
      .either([.flag, .words(["only"])])),
  ]

  private static let agent = [
    SchemaKey("tools", "The tools that it may use, and no others.", names), model,
    SchemaKey("readonly", "Whether it may change no files.", flag), category,
    SchemaKey("memory", "What it remembers between runs, in the platform's own words.", .anything),
    SchemaKey("color", "How it is shown.", label), SchemaKey("skills", "The skills that it begins with.", list),
    SchemaKey("permissionMode", "How it asks for permission, in the platform's own words.", label),
    SchemaKey("allowed-tools", "The tools that it may use without a question.", names),
    SchemaKey("disallowedTools", "The tools that it may not use.", list),
    SchemaKey("hooks", "Hooks of its own, in the platform's own form.", .anything),
    SchemaKey("mcpServers", "MCP servers of its own, in the platform's own form.", .anything),
    SchemaKey("maxTurns", "How many turns it may take.", number), SchemaKey("background", "Whether it runs beside other work.", flag),
    SchemaKey("effort", "How long it may think, in the platform's own words.", label),
    SchemaKey("isolation", "Where it works, in the platform's own words.", label),
    SchemaKey("initialPrompt", "What it is told at its start.", label),
  ]

  private static let command = [
    argumentHint, SchemaKey("allowed-tools", "The tools that it may use without a question.", names), model, isUserOnly, category,
  ]

  private static let skill = [
    SchemaKey("license", "Its licence, or the file beside it that has it.", label),
    SchemaKey("compatibility", "What it needs to run.", .anything), SchemaKey("metadata", "Names and values that no standard has.", map),
    SchemaKey("allowed-tools", "The tools that it may use without a question.", list), argumentHint, isUserOnly,
    SchemaKey("user-invocable", "Whether the user can start it by name.", flag), SchemaKey("version", "Its version.", .anything),
    SchemaKey("tools", "The tools that it needs.", .anything), SchemaKey("triggers", "Words of the user's that it is for.", .anything), model,
  ]

  private static let timeout = SchemaKey("timeout", "How long it may take, in seconds.", .number)

  private static let behavior = [
    SchemaKey("on", "The event or the events at which it applies.", .either([.words(of: HookEvent.self), events]), isRequired: true),
    SchemaKey(
      "tools", "With `before-tool` and `after-tool`: the tools that it is about.", .list(of: .text(pattern: #"^[^`\u0000-\u001F]+$"#))),
    SchemaKey("command", "What runs then, as in a hook.", .text()), timeout, severity, category,
  ]

  private static let events = Schema.list(of: .words(of: HookEvent.self), least: 1)

  private static let hook = [
    SchemaKey("event", "When it runs.", .words(of: HookEvent.self), isRequired: true),
    SchemaKey("tools", "With `before-tool` and `after-tool`: the tools that it is for.", .list(of: scalar)),
    SchemaKey("command", "What runs.", .text(), isRequired: true), timeout,
  ]

  // MARK: Servers

  /// One of a program, and one of an address.
  private static let servers = Schema.either([server("command", ["args", "env", "cwd"]), server("url", ["headers"])])

  private static func server(_ origin: String, _ own: [String]) -> Schema {
    let shared = ["transport", "enabled", "timeout", "allow", "deny"]
    let keys = serverKeys.filter { $0.name == origin || own.contains($0.name) || shared.contains($0.name) }.map { key in
      if key.name == origin { return key.required }
      guard key.name == "transport" else { return key }
      let words = Transport.allCases.filter { ($0 == .stdio) == (origin == "command") }.map(\.rawValue)
      return SchemaKey(key.name, key.summary, .words(words))
    }
    let others = serverKeys.map(\.name).filter { ["command", "url"].contains($0) && $0 != origin }
    return .object(ObjectSchema(keys: common(.server) + keys, others: .allowed, without: others))
  }

  static let serverKeys = [
    SchemaKey("command", "The program that is started.", .text()), SchemaKey("args", "What it is started with.", .list(of: scalar)),
    SchemaKey("env", "Variables of its environment; `${NAME}` names one of yours.", Schema.map(of: scalar)),
    SchemaKey("cwd", "The folder that it is started in.", .text()), SchemaKey("url", "The address that it is spoken to at.", .text()),
    SchemaKey("transport", "How it is spoken to.", .words(of: Transport.self)),
    SchemaKey("headers", "What is sent with each request; `${NAME}` names a variable.", Schema.map(of: scalar)),
    SchemaKey("enabled", "Whether it is used.", .flag), timeout,
    SchemaKey("allow", "Names of its tools that may be used, and no others.", .list(of: scalar)),
    SchemaKey("deny", "Names of its tools that may not be used.", .list(of: scalar)),
  ]

  // MARK: Permissions

  static let permissions = ObjectSchema(
    keys: [SchemaKey("description", "What they are for.", .text())]
      + [Permission.Decision.allow, .ask, .deny].map { SchemaKey($0.rawValue, summary(of: $0), .list(of: permission)) }, others: .refused)

  private static func summary(of decision: Permission.Decision) -> String {
    switch decision {
    case .allow: "What may be done without a question."
    case .ask: "What a question goes before."
    case .deny: "What may not be done; it goes before all else."
    }
  }

  private static let permission = Schema.object(
    ObjectSchema(keys: Permission.Subject.allCases.map { SchemaKey($0.rawValue, summary(of: $0), text(of: $0)) }, others: .refused, count: 1...1))

  private static func summary(of subject: Permission.Subject) -> String {
    switch subject {
    case .read: "A path that is read, from the root of the repository, with `*`, `?` and `**`; what lies below it is meant too."
    case .write: "A path that is written, from the root of the repository, with `*`, `?` and `**`; what lies below it is meant too."
    case .shell: "All words of a command, or its first words and a `*`."
    case .network: "A host, `*.` and a domain for all below it, or `*` for every host."
    case .mcp: "A server, or `server/tool`."
    }
  }

  private static func text(of subject: Permission.Subject) -> Schema {
    switch subject {
    case .read, .write: .text(pattern: #"^[^/~\\\[\]{}!][^\\\[\]{}!]*$"#)
    case .shell: .text(pattern: #"^[^;|&<>()$`"'\\\n\t{}\[\]!# ]+( [^;|&<>()$`"'\\\n\t{}\[\]!# ]+)*$"#)
    case .network: .text(pattern: #"^(\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*)$"#)
    case .mcp: .text(pattern: #"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)?$"#)
    }
  }
}
