import ContextLoading
package import ContextModel
import Layout

/// The sentence that says when a behavior applies: a paragraph under the title, written from `on` and `tools` and read back to them.
///
/// Such as: This applies when a session starts, and before `Bash` or `Edit` is used.
package struct BehaviorOccasion: Hashable, Sendable {
  private var events: [HookEvent]
  /// Those that the events about a tool are kept to; empty for all.
  private var tools: [String]

  private static let lead = "This applies "

  /// Nil for what is no behavior.
  init?(of artifact: Artifact) {
    events = artifact.occasions
    tools = artifact.fields["tools"]?.textList ?? []
    if events.isEmpty { return nil }
  }

  var text: String { Self.lead + events.map(words).joined(separator: ", and ") + "." }

  /// As fields of a head.
  package var fields: [Field] {
    let words = events.map { FieldValue.text($0.rawValue) }
    return [Field("on", words.count == 1 ? words[0] : .list(words))] + (tools.isEmpty ? [] : [Field("tools", .list(tools.map(FieldValue.text)))])
  }

  private func words(_ event: HookEvent) -> String {
    let (before, after) = event.words
    guard event.hasTool else { return before }
    return before + (tools.isEmpty ? Self.anyTool : tools.map { "`\($0)`" }.joined(separator: " or ")) + after
  }

  private static let anyTool = "a tool"

  /// Nil for another sentence.
  init?(reading text: String) {
    var rest = Substring(text).unicodeScalars
    (events, tools) = ([], [])
    var named: [[String]] = []
    guard rest.skip(Self.lead), rest.last == "." else { return nil }
    rest = rest.dropLast()
    repeat {
      let fitting = HookEvent.allCases.filter { rest.starts(with: $0.words.before.unicodeScalars) && !events.contains($0) }
      // The words of one event may begin as those of another one do.
      guard let event = fitting.max(by: { $0.words.before.count < $1.words.before.count }) else { return nil }
      _ = rest.skip(event.words.before)
      if event.hasTool {
        guard let tools = Self.tools(in: &rest), rest.skip(event.words.after) else { return nil }
        named.append(tools)
      }
      events.append(event)
    } while rest.skip(", and ")
    // One list is for all of them.
    guard rest.isEmpty, Set(named).count < 2 else { return nil }
    tools = named.first ?? []
  }

  private static func tools(in rest: inout Substring.UnicodeScalarView) -> [String]? {
    if rest.skip(anyTool) { return [] }
    guard rest.skip("`") else { return nil }
    var out: [String] = []
    repeat {
      guard let tool = rest.skipToBacktick(), !tool.isEmpty else { return nil }
      out.append(tool)
    } while rest.skip(" or `")
    return out
  }

  /// The sentence of a body, where aiwg puts it.
  package static func find(in body: [UInt8]) -> (occasion: BehaviorOccasion, line: Range<Int>, paragraph: Range<Int>)? {
    guard let found = LeadingLine(in: body) else { return nil }
    let line = String(decoding: body[found.line], as: UTF8.self)
    return BehaviorOccasion(reading: line).map { ($0, found.line, found.paragraph) }
  }
}

extension HookEvent {
  /// When it is; around the tools for those that are about one.
  fileprivate var words: (before: String, after: String) {
    switch self {
    case .sessionStart: ("when a session starts", "")
    case .sessionEnd: ("when a session ends", "")
    case .promptSubmit: ("when the user sends a prompt", "")
    case .beforeTool: ("before ", " is used")
    case .afterTool: ("after ", " was used")
    case .stop: ("when you are about to stop", "")
    case .subagentStop: ("when a subagent is about to stop", "")
    case .beforeCompact: ("before the conversation is compacted", "")
    case .notification: ("when the user is notified", "")
    }
  }
}
