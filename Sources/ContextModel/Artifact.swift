package import Diagnostics
package import FileTree

/// One rule, agent, skill or command; held once however often it is passed around, and copied when it is changed.
package struct Artifact: Sendable {
  private struct Content: Sendable {
    var id: ArtifactID
    var path: TreePath
    var repositoryPath: TreePath?
    var text: SourceText
    var fields: [Field]
    var overrides: [String: [Field]]
    var audience: Audience
    var body: Body
    var resources: [Resource]
    var tree: any ReadableTree
    var language: LanguageTag?
  }

  private final class Storage: Sendable {
    let content: Content
    init(_ content: Content) { self.content = content }
  }

  private var storage: Storage
  private var content: Content {
    get { storage.content }
    set { storage = Storage(newValue) }
  }

  package init(
    id: ArtifactID, path: TreePath, text: SourceText, fields: [Field], overrides: [String: [Field]] = [:], audience: Audience = Audience(),
    body: Body,
    resources: [Resource] = [], tree: any ReadableTree, language: LanguageTag? = nil
  ) {
    storage = Storage(
      Content(
        id: id, path: path, repositoryPath: nil, text: text, fields: fields, overrides: overrides, audience: audience, body: body,
        resources: resources, tree: tree, language: language))
  }

  package var id: ArtifactID {
    get { storage.content.id }
    set { content.id = newValue }
  }

  /// The file that it was read from, in its source tree.
  package var path: TreePath {
    get { storage.content.path }
    set { content.path = newValue }
  }

  /// The same file in the repository that is deployed to; nil when it lies outside.
  package var repositoryPath: TreePath? {
    get { storage.content.repositoryPath }
    set { content.repositoryPath = newValue }
  }

  /// That file under the name that the user knows, for findings.
  package var text: SourceText {
    get { storage.content.text }
    set { content.text = newValue }
  }

  /// The frontmatter in source order, without `platforms` and the maps of single platforms.
  package var fields: [Field] {
    get { storage.content.fields }
    set { content.fields = newValue }
  }

  /// By platform id: fields that hold there alone and win over `fields`.
  package var overrides: [String: [Field]] {
    get { storage.content.overrides }
    set { content.overrides = newValue }
  }

  package var audience: Audience {
    get { storage.content.audience }
    set { content.audience = newValue }
  }

  package var body: Body {
    get { storage.content.body }
    set { content.body = newValue }
  }

  /// The files beside SKILL.md, in byte order; empty for other kinds.
  package var resources: [Resource] {
    get { storage.content.resources }
    set { content.resources = newValue }
  }

  /// The tree that resources are copied from.
  package var tree: any ReadableTree {
    get { storage.content.tree }
    set { content.tree = newValue }
  }

  /// The language of the translation that was chosen; nil for the base file.
  package var language: LanguageTag? {
    get { storage.content.language }
    set { content.language = newValue }
  }

  /// The frontmatter as one platform sees it: overridden keys replaced in place, further ones at the end.
  package func fields(on platform: String) -> [Field] {
    guard let own = overrides[platform] else { return fields }
    return fields.map { field in own.first { $0.key == field.key } ?? field } + own.filter { field in !fields.contains { $0.key == field.key } }
  }
}

/// A file beside SKILL.md.
package struct Resource: Hashable, Sendable {
  /// Within the skill's folder.
  package var path: TreePath
  /// Within the source tree.
  package var source: TreePath
  package var isExecutable: Bool
  /// Bytes.
  package var size: Int

  package init(path: TreePath, source: TreePath, isExecutable: Bool, size: Int) {
    self.path = path
    self.source = source
    self.isExecutable = isExecutable
    self.size = size
  }
}

/// The platforms that an artifact is for, from its `platforms` field.
package struct Audience: Hashable, Sendable {
  /// Ids; nil means all.
  package var only: Set<String>?
  package var excluded: Set<String>

  package init(only: Set<String>? = nil, excluded: Set<String> = []) {
    self.only = only
    self.excluded = excluded
  }

  /// Whether the platform is to get the artifact.
  package func includes(_ platform: String) -> Bool {
    !excluded.contains(platform) && only?.contains(platform) ?? true
  }
}

/// When a rule is to be in force.
package enum Activation: String, CaseIterable, Hashable, Sendable {
  case always, globs, model, manual
}

extension Artifact {
  /// The description, if it is text.
  package var description: String? { fields["description"]?.scalarText }

  /// The words that it can be picked by: a list, or a comma-separated text; a skill may have them in its `metadata`.
  package var tags: [String] {
    if let tags = fields["tags"] { return tags.patterns }
    guard id.kind == .skill, case .map(let entries) = fields["metadata"] else { return [] }
    return entries.first { $0.key == "tags" }?.value.patterns ?? []
  }

  /// The patterns of files that a rule is for: `globs`, else `paths`; a comma-separated text is a list.
  package var globs: [String] {
    guard let value = [fields["globs"], fields["paths"]].lazy.compactMap(\.self).first(where: { $0 != .null }) else { return [] }
    return value.patterns
  }

  /// A rule's activation: as its field says, else by its globs; what a behavior says of when it applies is for the model to judge.
  package var activation: Activation {
    if id.kind == .behavior { return .always }
    if let named = fields["activation"]?.scalarText.flatMap(Activation.init(rawValue:)) { return named }
    return globs.isEmpty ? .always : .globs
  }

  /// Whether the model may not use a skill or command by itself; a command is for the user alone unless it says otherwise.
  package var isUserOnly: Bool {
    if case .bool(let disabled)? = fields["disable-model-invocation"] { return disabled }
    return id.kind == .command
  }
}

extension FieldValue {
  /// The patterns of a list, or of a comma-separated text; commas between braces do not separate.
  package var patterns: [String] {
    if case .text(let text) = self { return splitOutsideBraces(text) }
    return textList ?? []
  }
}

/// The parts of a comma-separated text, trimmed; commas between braces do not separate.
private func splitOutsideBraces(_ text: String) -> [String] {
  var parts: [String] = [""]
  var depth = 0
  for character in text {
    if character == "{" { depth += 1 }
    if character == "}" { depth = max(0, depth - 1) }
    if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
  }
  return parts.map(trimmed).filter { !$0.isEmpty }
}

private func trimmed(_ text: String) -> String {
  let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" }
  return String(String(text.drop(while: isBlank).reversed()).drop(while: isBlank).reversed())
}
