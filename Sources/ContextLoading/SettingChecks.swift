internal import ContextModel
internal import Diagnostics
internal import YAML

extension HeadReader {
  /// Checks the type of a value of an MCP server or a hook.
  mutating func checkSetting(_ pair: YAMLPair) {
    switch (pair.keyText, id.kind) {
    case ("command", _), ("url", .server), ("cwd", .server): expectText(pair)
    case ("event", .hook): expect(pair, oneOf: HookEvent.allCases.map(\.rawValue))
    case ("transport", .server): expect(pair, oneOf: Transport.allCases.map(\.rawValue))
    case ("args", .server), ("allow", .server), ("deny", .server), ("tools", .hook):
      guard let items = pair.value.list else { return report(wrongType(pair), "expected a list", "write `\(pair.keyText): [a, b]`", pair) }
      for item in items where item.scalar == nil { report(wrongType(pair), "expected texts in this list", "put quotes around the item", pair) }
    case ("env", .server), ("headers", .server):
      guard let pairs = pair.value.pairs else {
        return report(wrongType(pair), "expected names with values", "write `\(pair.keyText): {NAME: value}`", pair)
      }
      for entry in pairs where entry.value.scalar == nil { report(wrongType(pair), "expected a text", "put quotes around the value", entry) }
    case ("enabled", .server):
      if pair.value.scalar?.bool == nil { report(wrongType(pair), "expected true or false", "write `enabled: false`", pair) }
    case ("timeout", _):
      if !(pair.value.scalar?.isNumber ?? false) { report(wrongType(pair), "expected seconds", "write `timeout: 30`", pair) }
    default: return
    }
  }

  /// Checks what no field shows by itself.
  mutating func checkWhole(_ head: Head, in text: SourceText) {
    func place(_ key: String) -> Range<Int> { head.fields.first { $0.key == key }?.range ?? 0..<0 }
    if id.kind == .permissions { return }
    if id.kind == .hook {
      for key in ["event", "command"] where head.fields[key] == nil {
        report(
          "incomplete-hook", "a hook needs `\(key)`", at: 0..<0, help: key == "event" ? "write `event: before-tool`" : "write `command: ./script.sh`")
      }
      let event = head.fields["event"]?.scalarText.flatMap(HookEvent.init(rawValue:))
      if let event, !event.hasTool, head.fields["tools"] != nil {
        report(
          "tools-without-tool", "`\(event.rawValue)` is about no tool, so it cannot be for some alone", at: place("tools"), help: "remove `tools`")
      }
      return
    }
    switch (head.fields["command"], head.fields["url"]) {
    case (nil, nil):
      report("incomplete-server", "an MCP server needs `command` or `url`", at: 0..<0, help: "write `command: program` or `url: https://…`")
    case (_?, _?): report("two-transports", "an MCP server has `command` or `url`, not both", at: place("url"), help: "make two servers of it")
    case (let command, _):
      let isStdio = head.fields["transport"].map { $0 == .text(Transport.stdio.rawValue) }
      guard let isStdio, isStdio != (command != nil) else { break }
      report(
        "other-transport", "this transport does not go with `\(command == nil ? "url" : "command")`", at: place("transport"),
        help: command == nil ? "write `transport: http` or `sse`" : "remove it")
    }
    checkSecrets(head)
  }

  /// A secret in a file that is committed is in every clone of it.
  private mutating func checkSecrets(_ head: Head) {
    for field in head.fields + head.overrides.values.joined() {
      for secret in Secrets.found(in: field.value, of: field.key) {
        let help = "revoke it, and name a variable of the environment instead: `${\(secret.variable)}`"
        report("secret", "this looks like a secret (\(secret.name))", at: field.range, help: help)
      }
    }
  }

  private func wrongType(_ pair: YAMLPair) -> String { "wrong-type" }

  mutating func expectText(_ pair: YAMLPair) {
    if pair.value.scalar?.isNull ?? true { report(wrongType(pair), "expected a text", "put quotes around it", pair) }
  }

  mutating func report(_ what: String, _ message: String, _ help: String, _ pair: YAMLPair) {
    report(what, message + ", not " + pair.value.kindInWords, at: pair.value.range, help: help)
  }
}

/// What looks like a secret that somebody wrote down.
enum Secrets {
  struct Found: Hashable {
    /// Where it stands, such as `env.API_TOKEN`.
    var name: String
    /// What a variable for it could be called.
    var variable: String
  }

  /// How the keys of well-known services begin.
  private static let prefixes = [
    "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk-", "sk_live_", "rk_live_", "xoxb-", "xoxp-", "xapp-", "AKIA", "ASIA", "AIza", "hf_", "npm_",
    "pypi-",
    "dop_v1_", "shpat_", "eyJhbGciOi",
  ]
  private static let words = ["token", "secret", "password", "passwd", "apikey", "api_key", "api-key", "authorization", "credential", "private_key"]

  static func found(in value: FieldValue, of key: String) -> [Found] {
    switch value {
    case .text(let text): isSecret(text, under: key) ? [Found(name: key, variable: variable(for: key))] : []
    case .list(let items): items.flatMap { found(in: $0, of: key) }
    case .map(let entries):
      entries.flatMap { entry in found(in: entry.value, of: entry.key).map { Found(name: key + "." + $0.name, variable: $0.variable) } }
    case .bool, .number, .null: []
    }
  }

  private static func isSecret(_ text: String, under key: String) -> Bool {
    let plain = TextPart.parts(of: text).compactMap { if case .text(let text) = $0 { text } else { nil } }
    let tokens = plain.flatMap { $0.split { " =,;:/?&@\"'".contains($0) } }
    if tokens.contains(where: { token in prefixes.contains { token.hasPrefix($0) && token.utf8.count >= $0.utf8.count + 12 } }) { return true }
    if let userInfo = plain.first?.split(separator: "@", maxSplits: 1), userInfo.count == 2, userInfo[0].contains("://"),
      userInfo[0].split(separator: ":").count > 2
    {
      return true
    }
    let isNamedSo = words.contains { key.lowercased().contains($0) }
    guard isNamedSo, plain.count == TextPart.parts(of: text).count else { return false }
    let bare = text.hasPrefix("Bearer ") || text.hasPrefix("Basic ") ? String(text.drop { $0 != " " }.dropFirst()) : text
    let isPath = bare.hasPrefix("/") || bare.hasPrefix("./") || bare.hasPrefix("~") || bare.contains("://")
    return bare.utf8.count >= 8 && !isPath && !bare.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func variable(for key: String) -> String {
    let name = String(key.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return name == "ARGS" || name == "URL" || name == "COMMAND" ? "TOKEN" : name
  }
}
