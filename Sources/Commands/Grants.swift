import ContextModel

extension Artifact {
  /// Takes out of a head what makes a platform start programs, or allow things without asking, for itself and on single platforms.
  ///
  /// Tools that an agent is restricted to stay: without them it would have all.
  /// - Returns: the keys that went, as the head has them, in order.
  mutating func removeGrants() -> [String] {
    let isAgent = id.kind == .agent
    let isGrant = { (field: Field) in Grant.isGrant(field, ofAgent: isAgent) }
    var removed = fields.filter(isGrant).map(\.key)
    for (platform, own) in overrides { removed += own.filter(isGrant).map { platform + "." + $0.key } }
    guard !removed.isEmpty else { return [] }
    fields.removeAll(where: isGrant)
    overrides = overrides.mapValues { $0.filter { !isGrant($0) } }
    return removed.sorted()
  }
}

/// Keys of heads that give a platform more to do, however they are spelled.
private enum Grant {
  private static let keys: Set<String> = [
    "hooks", "mcp", "mcpservers", "servers", "permission", "permissions", "permissionmode", "autoapprove", "alwaysallow", "approvalmode", "trust",
    "sandbox", "sandboxmode", "toolssettings",
  ]

  /// Modes in which a platform asks as it always does, or does less.
  private static let harmlessModes: Set<String> = ["default", "plan", "dontask"]

  static func isGrant(_ field: Field, ofAgent isAgent: Bool) -> Bool {
    guard field.value != .null else { return false }
    let key = field.key.lowercased().filter { $0 != "-" && $0 != "_" }
    if key == "permissionmode", let mode = field.value.scalarText?.lowercased() { return !harmlessModes.contains(mode) }
    // What a command or a skill lists there runs without a question.
    return keys.contains(key) || key == "allowedtools" && !isAgent
  }
}
