import ContextModel
import Platforms

/// What a text says of an agent's tools where no field keeps it to them.
enum Restriction {
  static let toolKeys = ["tools", "allowed-tools"]
  static let changesNothing = "Change no files."
  private static let noTools = "Use no tools."
  private static let lead = "Use no tools but these: "

  static func sentence(for tools: [String]) -> String {
    tools.isEmpty ? noTools : lead + tools.map { "`\($0)`" }.joined(separator: ", ") + "."
  }

  /// The fields that a paragraph stands for; nil when it is another one.
  static func fields(saidBy paragraph: String) -> [Field]? {
    var rest = paragraph
    var out: [Field] = []
    if rest == changesNothing || rest.hasSuffix(" " + changesNothing) {
      rest = String(rest.dropLast(changesNothing.count + (rest == changesNothing ? 0 : 1)))
      out.append(Field("readonly", .bool(true)))
    }
    guard !rest.isEmpty else { return out.isEmpty ? nil : out }
    guard let tools = tools(in: rest) else { return nil }
    return [Field(toolKeys[0], .list(tools.map(FieldValue.text)))] + out
  }

  private static func tools(in sentence: String) -> [String]? {
    if sentence == noTools { return [] }
    guard sentence.hasPrefix(lead + "`"), sentence.hasSuffix("`.") else { return nil }
    let tools = sentence.dropFirst(lead.count + 1).dropLast(2).split(separator: "`, `", omittingEmptySubsequences: false).map(String.init)
    return tools.allSatisfy { !$0.isEmpty && !$0.contains("`") } ? tools : nil
  }
}

extension Place.Form {
  /// The vocabularies of the fields that list an agent's tools; nil for the canonical words.
  var toolLists: [Vocabulary?] {
    fields.compactMap { rule -> Vocabulary?? in
      guard case .field(let from, let vocabulary, let spelling) = rule.source else { return nil }
      return spelling != .readOnly && !Set(from).isDisjoint(with: Restriction.toolKeys) ? .some(vocabulary) : nil
    }
  }
}
