import Diagnostics

extension LintRule {
  /// What reading finds: the rooms before this one say it, and every command that reads the tree says it too.
  static let ofReading: [LintRule] = ofSyntax + ofHeads + ofTrees + ofTranslations + ofChecks + ofSources

  private static let ofSyntax: [LintRule] = [
    LintRule(.error, "yaml/alias", "An alias in a head.", "Write the value out: platforms copy heads as text."),
    LintRule(.error, "yaml/anchor", "An anchor in a head.", "Write the value out where it is needed."),
    LintRule(.error, "yaml/anchor-colon", "An alias with a colon behind it.", "Put a blank between them."),
    LintRule(.error, "yaml/duplicate-key", "A key stands twice.", "Parsers differ in which one counts."),
    LintRule(.error, "yaml/key-not-text", "A key is no text.", "Put quotes around it."),
    LintRule(.error, "yaml/merge-key", "A key `<<`.", "Few parsers know it; write the keys out."),
    LintRule(.error, "yaml/question-mark", "A key that is marked with `?`.", "Write `key: value`."),
    LintRule(.error, "yaml/several-documents", "More than one document.", "A file is one document."),
    LintRule(
      .error, "yaml/syntax", "No YAML.", "Often it is a text that needs quotes, such as `argument-hint: [a] [b]`, or one with `: ` in it.",
      isFixable: true),
    LintRule(.error, "yaml/tag", "A tag such as `!!str`.", "Quotes say the same."),
    LintRule(.error, "yaml/too-deep", "Values are nested too deeply.", "Nothing that a platform reads is."),
    LintRule(.error, "yaml/too-large", "The text is too large.", "A head says what a file is; the body is for everything else."),
    LintRule(.error, "yaml/too-many-aliases", "Aliases grow beyond all measure.", "They are refused, whoever wrote them."),
    LintRule(.error, "yaml/too-many-values", "There are too many values.", "A head says what a file is; the body is for everything else."),
    LintRule(.error, "yaml/unfinished-merge", "Marks of an unfinished merge.", "Finish it, and remove the marks."),
    LintRule(.error, "yaml/unknown-alias", "An alias of nothing.", "Write the value out, or put quotes around a text that begins with `*`."),
  ]

  private static let ofHeads: [LintRule] = [
    LintRule(
      .warning, "frontmatter/argument-hint-not-text", "`argument-hint` is a list for YAML and a text for people.",
      "It is taken as the text; quotes make it one for everybody.", isFixable: true),
    LintRule(
      .error, "frontmatter/behavior-differs", "A behavior applies at another time on one platform.", "Make two of it, each with `platforms`."),
    LintRule(
      .warning, "frontmatter/control-character", "A control character in a value.",
      "A terminal that shows it would act on it. A NUL is an error."),
    LintRule(.error, "frontmatter/description-not-text", "A description is no text.", "Put quotes around it."),
    LintRule(.error, "frontmatter/globs-not-text", "Patterns that are no texts.", "Write `globs: ['**/*.ext']`."),
    LintRule(.error, "frontmatter/incomplete-behavior", "A behavior lacks something.", "The finding says what."),
    LintRule(.error, "frontmatter/incomplete-hook", "A hook lacks something.", "The finding says what."),
    LintRule(.error, "frontmatter/incomplete-server", "An MCP server lacks something.", "It needs `command` or `url`."),
    LintRule(
      .error, "frontmatter/missing-description", "An agent, skill or command has no description.",
      "A model chooses by it, and platforms refuse a skill without one."),
    LintRule(.error, "frontmatter/missing-globs", "A rule is to be active by patterns, and has none.", "Add `globs`, or choose another activation."),
    LintRule(
      .warning, "frontmatter/name-differs", "`name` is not what the file or folder is called.", "The file's name counts; write the same in both.",
      isFixable: true),
    LintRule(.error, "frontmatter/not-a-mapping", "A head that has no keys.", "Write `key: value` lines."),
    LintRule(.error, "frontmatter/not-utf8", "A file that is not UTF-8.", "Save it as UTF-8."),
    LintRule(.error, "frontmatter/other-transport", "A transport that does not go with the rest.", "The finding says which would."),
    LintRule(.error, "frontmatter/permission", "A permission that can mean nothing.", "The finding says why."),
    LintRule(.error, "frontmatter/platform-twice", "Fields for a platform are given twice.", "Put them into one map."),
    LintRule(.error, "frontmatter/platforms-not-names", "`platforms` holds something that is no name.", "Write `platforms: [name, name]`."),
    LintRule(.error, "frontmatter/secret", "Something that looks like a secret.", "Name a variable of the environment instead."),
    LintRule(.error, "frontmatter/tools-not-text", "Tools that are no names.", "Read as none at all, they would take every tool away."),
    LintRule(.error, "frontmatter/tools-without-tool", "Tools for an event that is about none.", "Remove them, or choose another event."),
    LintRule(.error, "frontmatter/two-transports", "An MCP server with `command` and `url`.", "Make two of it."),
    LintRule(.error, "frontmatter/unclosed", "A head that never ends.", "Put `---` on a line of its own behind it."),
    LintRule(
      .warning, "frontmatter/unknown-field", "A field that is spelled almost like a known one.", "It is kept as it is, and means nothing here.",
      isFixable: true),
    LintRule(.error, "frontmatter/unknown-permission", "Something that cannot be permitted.", "The finding says what can."),
    LintRule(.error, "frontmatter/unknown-platform", "A platform that nobody knows.", "`aiwg platforms` lists them."),
    LintRule(.error, "frontmatter/unknown-value", "A word that the field does not have.", "The finding says which it has."),
    LintRule(.error, "frontmatter/wrong-type", "A value of another kind than the field has.", "The finding says which."),
    LintRule(.error, "ignore/pattern", "A line that ignores nothing.", "The finding says why."),
  ]

  private static let ofTrees: [LintRule] = [
    LintRule(.warning, "body/control-character", "A control character in a body.", "A terminal that shows it would act on it."),
    LintRule(.error, "body/managed-marker", "A body with the marker of a managed block.", "The block would end there."),
    LintRule(.error, "tree/duplicate-name", "Two files are one artifact.", "Rename one of them."),
    LintRule(.error, "tree/invalid-name", "A name that is none for an artifact.", "Lower-case letters, digits and hyphens go everywhere."),
    LintRule(.warning, "tree/nested-repository", "Another repository in a skill.", "It is left out."),
    LintRule(.error, "tree/not-a-file", "Something that is no regular file.", "Put the file itself there."),
    LintRule(.error, "tree/not-a-folder", "A kind's folder that is none.", "Put the folder itself there."),
    LintRule(.warning, "tree/not-an-artifact", "A file that is no artifact.", "It is left out."),
    LintRule(.error, "tree/too-deep", "Folders are nested too deeply.", "Put the skill further up."),
    LintRule(.error, "tree/too-large", "A file that is too large.", "No platform would read it."),
    LintRule(.error, "tree/translation-without-base", "A translation of nothing.", "Add the base file, or rename this one."),
    LintRule(.error, "tree/unfinished-merge", "Marks of an unfinished merge.", "Finish it, and remove the marks."),
    LintRule(.error, "tree/unsafe-name", "A name that some system cannot have.", "Rename it."),
    LintRule(.error, "tree/unusable-name", "A name with bytes that no output can have.", "Rename it."),
  ]

  private static let ofTranslations: [LintRule] = [
    LintRule(
      .warning, "translation/stale", "The base changed after it was translated.", "Translate the sections again, then `aiwg translate --record`."),
    LintRule(.warning, "translation/structure", "A translation has other sections than its base.", "Each section has its counterpart."),
    LintRule(.warning, "translation/unrecorded", "Nothing says which version was translated.", "`aiwg translate --record` writes it down."),
  ]

  private static let ofChecks: [LintRule] = [
    LintRule(.error, "check/empty", "A check that says nothing.", "Add a pattern and a message."),
    LintRule(.error, "check/missing-key", "A check that lacks something.", "The finding says what."),
    LintRule(.error, "check/name", "A name that is none for a check.", "Lower-case letters, digits and hyphens."),
    LintRule(.warning, "check/noisy", "A check finds something in its good snippet.", "The pattern is too wide, or the snippet is wrong."),
    LintRule(.error, "check/pattern", "A pattern that cannot be read.", "The finding says where."),
    LintRule(.warning, "check/silent", "A check finds nothing in its bad snippet.", "The pattern is too narrow, or the snippet is wrong."),
    LintRule(.error, "check/twice", "Two checks of one name.", "Rename one of them."),
    LintRule(.error, "check/unknown-key", "A key that a check does not have.", "The finding says which it has."),
    LintRule(.error, "check/wrong-type", "A value of another kind than the key has.", "The finding says which."),
  ]

  private static let ofSources: [LintRule] = [
    LintRule(.warning, "source/empty", "A source that holds nothing.", "Add an artifact, or take the source out."),
    LintRule(.warning, "source/idle-pattern", "A pattern of aiwg.yaml that fits no artifact.", "Mostly it is a slip of the pen."),
    LintRule(.warning, "source/left-out", "Something in a copy of a source is left out.", "The finding says what."),
    LintRule(.warning, "source/outside", "A source outside of the repository.", "A bare checkout will lack it."),
    LintRule(.warning, "source/platforms", "A platforms.yaml that is not used.", "Copy what you need of it to a tree beside aiwg.yaml."),
    LintRule(.error, "source/required", "Something would replace what is required.", "Rename it, or take it out."),
    LintRule(.warning, "source/repaired", "What was left out for its errors, and has none any more.", "Take it out of `exclude:`."),
    LintRule(
      .warning, "source/untrusted", "Something of another repository that starts programs, or asks less.", "Read it; `trusted: true` takes it."),
  ]
}
