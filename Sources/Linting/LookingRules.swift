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
      .warning, "description/cut", "A description is longer than a selected platform takes.",
      "What comes behind the limit is shown to no model, or the platform refuses the file. aiwg shortens it there, and puts all of it into the text."),
    LintRule(
      .warning, "description/placeholder", "A description is still to be written.", "A model chooses by it, and this one says nothing to choose by."),
    LintRule(
      .warning, "description/repeats-name", "A description says no more than the name.",
      "A model sees the name anyway. Say what it does and when it is to be used."),
    LintRule(
      .warning, "formatter/rewrites-outputs", "A tool of the repository rewrites what aiwg writes.",
      "It runs by itself, and `aiwg check` fails behind it. The finding says which lines keep it away from the outputs."),
    LintRule(
      .warning, "frontmatter/odd-value", "A value of another kind than any platform takes.",
      "Platforms pass over it, or over the whole file. A switch in quotes is a text for them.", isFixable: true),
    LintRule(
      .warning, "globs/everything", "The patterns of a rule cover every file.",
      "A rule without patterns says the same, and every platform understands that."),
    LintRule(
      .warning, "globs/nothing", "A pattern of a rule covers no file of the repository.",
      "The rule never loads for it. In a tree that is written for other repositories, turn this off."),
    LintRule(.warning, "globs/repeated", "A pattern stands twice in a rule.", "One is enough.", isFixable: true),
    LintRule(
      .warning, "limit/too-long", "An artifact is longer than a selected platform takes.",
      "The platform cuts it off or skips it; aiwg makes a skill of a rule instead, which loads on demand only."),
    LintRule(
      .warning, "lint/idle-exception", "An exception is about a finding that is not there.",
      "It would hide the next one. Remove it."),
    LintRule(
      .warning, "lint/no-reason", "An exception has no reason.", "Without one it counts for nothing, and nobody knows whether it still holds."),
    LintRule(.warning, "lint/unknown-id", "An exception names no finding that there is.", "Mostly it is a slip of the pen."),
    LintRule(
      .warning, "override/idle", "Fields for one platform that can change nothing there.",
      "The platform never gets the artifact, has no fields for it, or gets the same value anyway.", isFixable: true),
    LintRule(
      .warning, "reference/dangling", "A link or a mention names nothing.",
      "A model that follows it finds no file, and goes on without what it needs. Examples and files that are yet to be made are left alone.",
      isFixable: true),
    LintRule(
      .warning, "reference/no-heading", "A link names a heading that is not there.", "It leads to the start of the file, and the reader searches on.",
      isFixable: true),
    LintRule(
      .warning, "tools/unknown", "A tool that no platform knows.",
      "Nobody gets it, and an agent that needs it fails without a word. Names of canonical files are those that all platforms' words are made from.",
      isFixable: true),
  ]
}
