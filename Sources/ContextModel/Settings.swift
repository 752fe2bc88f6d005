/// How an MCP server is spoken to.
package enum Transport: String, CaseIterable, Hashable, Sendable {
  /// A program that is started, over its standard input and output.
  case stdio
  /// Streamable HTTP.
  case http
  /// Server-sent events.
  case sse
}

/// The moments at which a hook may run, in words that are no platform's.
package enum HookEvent: String, CaseIterable, Hashable, Sendable {
  case sessionStart = "session-start"
  case sessionEnd = "session-end"
  case promptSubmit = "prompt-submit"
  case beforeTool = "before-tool"
  case afterTool = "after-tool"
  case stop
  case subagentStop = "subagent-stop"
  case beforeCompact = "before-compact"
  case notification

  /// Whether it is about a tool, so that a hook can be for some tools alone.
  package var hasTool: Bool { self == .beforeTool || self == .afterTool }
}

extension Artifact {
  /// A server's transport: as its field says, else by whether it has a `url`.
  package var transport: Transport {
    fields["transport"]?.scalarText.flatMap(Transport.init(rawValue:)) ?? (fields["url"] == nil ? .stdio : .http)
  }

  /// The event that a hook is for; nil when it names none.
  package var hookEvent: HookEvent? { fields["event"]?.scalarText.flatMap(HookEvent.init(rawValue:)) }
}
