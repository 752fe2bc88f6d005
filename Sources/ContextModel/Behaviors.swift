extension Artifact {
  /// Whether it goes out as a rule: a behavior is one that says when it applies.
  package var isRule: Bool { id.kind == .rule || id.kind == .behavior }

  /// The events at which a behavior applies, in its order, each once.
  package var occasions: [HookEvent] {
    guard id.kind == .behavior else { return [] }
    var out: [HookEvent] = []
    for word in fields["on"]?.textList ?? [] {
      if let event = HookEvent(rawValue: word), !out.contains(event) { out.append(event) }
    }
    return out
  }

  /// Fields that no head has: the text of a behavior says when it applies, and its hook what runs then.
  ///
  /// Where a rule stands says whether reviewers check it.
  package var fieldsSaidElsewhere: Set<String> { id.kind == .behavior ? Self.fieldsOfBehaviors : id.kind == .rule ? ["review"] : [] }

  private static let fieldsOfBehaviors: Set<String> = ["on", "tools", "command", "timeout"]

  /// The hooks of a behavior with a command: one for each event, under the behavior's own id.
  package var hooks: [Artifact] {
    guard id.kind == .behavior, fields["command"] != nil else { return [] }
    return occasions.map { event in
      var hook = self
      hook.fields = [Field("event", .text(event.rawValue))]
      for field in fields where field.key == "command" || field.key == "timeout" || field.key == "tools" && event.hasTool {
        hook.fields.append(field)
      }
      hook.overrides = overrides.mapValues { $0.filter { ["command", "timeout"].contains($0.key) } }.filter { !$0.value.isEmpty }
      return hook
    }
  }

  /// The kind of settings that it is: what a behavior runs is a hook.
  package var settingKind: ArtifactKind { id.kind == .behavior ? .hook : id.kind }
}
