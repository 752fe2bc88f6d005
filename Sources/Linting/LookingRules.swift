import Diagnostics

extension LintRule {
  /// What this room looks for in a tree that could be read.
  static let ofLooking: [LintRule] = [
    LintRule(
      .warning, "contradiction/modal", "Two sentences cannot both be followed: one orders what the other forbids, or they order different things.",
      "A model then does one or the other by chance. Take one out, or say in both when each holds. Code, quotes and sections about what is wrong are not looked at; sentences in English, Spanish, Portuguese and Indonesian are."
    ),
    LintRule(
      .warning, "duplicate/paragraph", "The same text, or nearly the same, stands in several artifacts, or twice in one.",
      "Every copy is paid for in tokens, and copies drift apart. Keep it in one rule or file, and refer to that. Texts of fewer than 40 words, code and tables are not compared."
    ),
    LintRule(
      .warning, "globs/everything", "The patterns of a rule cover every file.",
      "A rule without patterns says the same, and every platform understands that."),
    LintRule(
      .warning, "globs/nothing", "A pattern of a rule covers no file of the repository.",
      "The rule never loads for it. In a tree that is written for other repositories, turn this off."),
    LintRule(.warning, "globs/repeated", "A pattern stands twice in a rule.", "One is enough."),
    LintRule(
      .warning, "lint/idle-exception", "An exception is about a finding that is not there.",
      "It would hide the next one. Remove it."),
    LintRule(
      .warning, "lint/no-reason", "An exception has no reason.", "Without one it counts for nothing, and nobody knows whether it still holds."),
    LintRule(.warning, "lint/unknown-id", "An exception names no finding that there is.", "Mostly it is a slip of the pen."),
  ]
}
