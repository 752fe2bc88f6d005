package import ContextModel
package import Diagnostics
package import FileTree

/// What a Markdown file of a canonical tree may have; every platform cuts off far below.
package let mostArtifactBytes = 1 << 20

/// Reads a canonical tree: from its files to artifacts.
package struct ContextLoader: Sendable {
  private let tree: any ReadableTree
  private let shownAs: String
  private let platformIDs: [String: String]
  private let locale: LanguageTag?
  private let folder: TreePath?
  private let lanes: any Lanes

  /// - Parameters:
  ///   - shownAs: what goes before a path of the tree in findings, such as nothing, `.aiwg/` or `../corpus/`.
  ///   - platformIDs: by id or alias: the id.
  ///   - locale: the language to prefer; nil takes the base files.
  ///   - lanes: files are read and parsed on these.
  ///   - folder: where in the tree `rules/`, `agents/` and so on are; nil for its root.
  package init(
    tree: any ReadableTree, shownAs: String, platformIDs: [String: String], locale: LanguageTag? = nil, folder: TreePath? = nil,
    lanes: any Lanes = OneLane()
  ) {
    self.tree = tree
    self.shownAs = shownAs
    self.platformIDs = platformIDs
    self.locale = locale
    self.folder = folder
    self.lanes = lanes
  }

  /// Everything in the tree that is in order; every problem is appended to `diagnostics`.
  /// - Throws: `TreeError` when a folder or file cannot be read.
  package func load(diagnostics: inout [Diagnostic]) throws(TreeError) -> LoadedSource {
    var loaded = LoadedSource()
    for kind in ArtifactKind.allCases.sorted() {
      let sorting = try sort(kind)
      diagnostics += sorting.findings
      loaded.rejected += sorting.rejected
      let candidates = sorting.candidates.sorted { $0.id < $1.id }
      let parts = lanes.map(below: candidates.count) { number in
        Result { () throws(TreeError) -> (LoadedSource, [Diagnostic]) in
          var part = LoadedSource()
          var findings: [Diagnostic] = []
          try load(candidates[number], into: &part, &findings)
          return (part, findings)
        }
      }
      for part in parts {
        let (source, findings) = try part.get()
        loaded.artifacts += source.artifacts
        loaded.rejected += source.rejected
        loaded.files += source.files
        loaded.translations += source.translations
        diagnostics += findings
      }
    }
    loaded.artifacts.sort { $0.id < $1.id }
    loaded.files.sort()
    return loaded
  }

  private func sort(_ kind: ArtifactKind) throws(TreeError) -> Sorting {
    var sorting = Sorting(shownAs: shownAs)
    if let name = kind.file.flatMap({ TreePath($0) }) {
      let place = folder?.appending(name) ?? name
      sorting.sortFile(place, try tree.observe(place), kind: kind)
      return sorting
    }
    guard let name = TreePath(kind.folder) else { return sorting }
    let place = folder?.appending(name) ?? name
    guard sorting.isFolder(place, try tree.observe(place)) else { return sorting }
    let entries = try tree.entries(under: place)
    sorting.rejectDepths(entries, below: place)
    switch kind {
    case .skill: sorting.sortSkills(entries, folder: place)
    case .rule, .agent, .command, .behavior: sorting.sortFlat(entries, kind: kind, folder: place)
    case .server, .hook: sorting.sortSettings(entries, kind: kind, folder: place)
    case .permissions, .ignore: break
    }
    sorting.rejectDuplicates()
    return sorting
  }

  /// Reads an artifact with all of its translations; an error in any of them keeps the artifact out.
  private func load(_ candidate: Candidate, into loaded: inout LoadedSource, _ diagnostics: inout [Diagnostic]) throws(TreeError) {
    let base = try read(candidate.path, candidate.id, inheriting: nil)
    var chosen = (file: base.file, head: base.head, path: candidate.path, language: LanguageTag?.none)
    var problems = [(candidate.path, base.findings)]
    let wanted = choice(among: candidate.translations)
    loaded.files.append(candidate.path)
    for translation in candidate.translations {
      let read = try read(translation.path, candidate.id, inheriting: base.head)
      loaded.files.append(translation.path)
      problems.append((translation.path, read.findings))
      if !base.findings.hasErrors, !read.findings.hasErrors {
        loaded.translations.append(
          LoadedTranslation(
            id: candidate.id, language: translation.language, path: translation.path, base: base.file.text,
            baseDescription: base.head.fields["description"]?.scalarText, text: read.file.text,
            description: read.head.fields.first { $0.key == "description" && !$0.range.isEmpty }?.range, follows: read.head.follows))
      }
      if translation.language == wanted { chosen = (read.file, read.head, translation.path, wanted) }
    }
    var isValid = true
    for (path, findings) in problems {
      diagnostics += findings
      guard let reason = findings.first(where: { $0.severity == .error }) else { continue }
      loaded.rejected.append(LoadedSource.Rejected(id: candidate.id, path: path, reason: reason))
      isValid = false
    }
    guard isValid else { return }
    let (all, start) = (chosen.file.text.bytes, chosen.file.body.lowerBound)
    let body = scannedBody(Array(all[start...]), hasArguments: candidate.id.kind == .command || candidate.id.kind == .skill)
    loaded.artifacts.append(
      Artifact(
        id: candidate.id, path: chosen.path, text: SourceText(path: chosen.file.text.path, head: Array(all[..<start]), rest: body.bytes),
        fields: chosen.head.fields, overrides: chosen.head.overrides,
        audience: chosen.head.audience ?? Audience(), body: body, resources: candidate.resources, tree: tree, language: chosen.language))
  }

  private func read(
    _ path: TreePath, _ id: ArtifactID, inheriting base: Head?
  ) throws(TreeError) -> (file: MarkdownFile, head: Head, findings: [Diagnostic]) {
    var findings: [Diagnostic] = []
    let text = try source(path, &findings)
    if id.kind == .ignore { return (readIgnore(text, &findings), Head(), findings) }
    if id.kind.isSetting { return readSetting(text, id, findings) }
    let file = MarkdownFile(text, findings: &findings)
    // Without a head that could be read, what it lacks is not known.
    guard !findings.hasErrors else { return (file, base ?? Head(), findings) }
    var reader = HeadReader(text, id, platformIDs: platformIDs, isTranslation: base != nil)
    var head = reader.read(file.pairs)
    findings += reader.findings
    if let base { head = head.inheriting(from: base) } else if let missing = missingDescription(head, id, in: file) { findings.append(missing) }
    if let missing = missingGlobs(head, id, in: file) { findings.append(missing) }
    findings += behaviorFindings(head, id, in: file)
    return (file, head, findings)
  }

  /// A file that is nothing but keys and values.
  private func readSetting(_ text: SourceText, _ id: ArtifactID, _ found: [Diagnostic]) -> (file: MarkdownFile, head: Head, findings: [Diagnostic]) {
    var findings = found
    let file = MarkdownFile(keysOnly: text, findings: &findings)
    guard !findings.hasErrors else { return (file, Head(), findings) }
    var reader = HeadReader(text, id, platformIDs: platformIDs, isTranslation: false)
    let head = id.kind == .permissions ? reader.readPermissions(file.pairs) : reader.read(file.pairs)
    reader.checkWhole(head, in: text)
    return (file, head, findings + reader.findings)
  }

  /// The text of a file; empty, with a finding, when it is too large.
  private func source(_ path: TreePath, _ findings: inout [Diagnostic]) throws(TreeError) -> SourceText {
    switch try tree.read(path, atMost: mostArtifactBytes) {
    case .bytes(let bytes): return SourceText(path: shownAs + path.text, bytes: bytes)
    case .tooLarge(let size):
      let help = "split it; what a skill only needs at times goes into files beside its SKILL.md, which may have any size"
      let message = "\(size) bytes are more than the \(mostArtifactBytes) that an artifact may have"
      findings.append(Diagnostic(.error, "tree/too-large", message, at: SourcePlace(path: shownAs + path.text), help: help))
      return SourceText(path: shownAs + path.text, bytes: [])
    }
  }

  /// The translation to take: the most specific one that fits the locale.
  private func choice(among translations: [Candidate.Translation]) -> LanguageTag? {
    locale?.fallbacks.first { tag in translations.contains { $0.language == tag } }
  }
}
