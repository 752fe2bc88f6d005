import ContextLoading
import ContextModel
package import Diagnostics
package import FileTree
import Formats
import Layout
package import Platforms
package import SettingsFiles
import SharedFiles
import YAML

/// What is asked of an import.
package struct ImportOptions: Sendable {
  /// Platforms whose version counts where others differ, by id, the first one most.
  package var preferred: [String] = []
  /// Whether texts are split at their headings of the second level.
  package var splitsTexts = false
  /// The platforms that get a copy, by id, and the files stay where they are; nil when the tree takes their place.
  package var targets: [String]?
  /// Whether a value of a settings file is an output of aiwg's.
  package var isOurs: @Sendable (TreePath, SettingsPiece) -> Bool = { _, _ in false }
  /// Whether something may be allowed to agents of a platform that they may not do so far.
  package var allowsMore = false
  /// What the canonical tree has at a path already.
  package var inTree: @Sendable (TreePath) -> [UInt8]? = { _ in nil }

  package init() {}
}

/// Files that somebody wrote for platforms, as a canonical tree.
package struct Import {
  /// One file of the tree.
  package struct Written: Sendable {
    package var path: TreePath
    package var bytes: [UInt8]
    package var isExecutable: Bool
  }

  /// What a found file became.
  package struct Taken: Sendable {
    package var path: TreePath
    /// The bytes that were read.
    package var bytes: [UInt8]
    /// Ids of the platforms that it was for.
    package var platforms: [String]
    /// The files of the tree that say it now, by their paths in it.
    package var became: [String]
    /// What is otherwise than in the file, in words.
    package var notes: [String]
  }

  /// In byte order.
  package private(set) var written: [Written] = []
  package private(set) var taken: [Taken] = []
  /// In the order of the files and of what is in them.
  package private(set) var takenSettings: [TakenSetting] = []
  package private(set) var problems: [Diagnostic] = []
  /// What says something that no canonical text can, with the reason in words.
  package private(set) var leftAlone: [(path: TreePath, reason: String)] = []

  /// Whether nothing was found that the tree could say.
  package var isEmpty: Bool { taken.isEmpty && takenSettings.isEmpty }

  private let catalog: PlatformCatalog
  private let selected: [String]
  private let options: ImportOptions
  private let shownAs: String
  private let exists: (TreePath) -> Bool
  private var ids: Set<ArtifactID> = []

  /// - Parameters:
  ///   - found: from `Finding`.
  ///   - selected: ids of the platforms that the tree is for.
  ///   - shownAs: what goes before a path of the repository in findings.
  ///   - exists: whether a file is there.
  package init(
    _ found: FoundFiles, for selected: [String], in catalog: PlatformCatalog, options: ImportOptions, shownAs: String,
    exists: @escaping (TreePath) -> Bool
  ) {
    self.exists = exists
    (self.catalog, self.selected, self.options, self.shownAs) = (catalog, selected, options, shownAs)
    let reader = FileReader(found.files.filter { !isReadByAllTargets($0) }, in: catalog, shownAs: shownAs)
    (problems, leftAlone) = (reader.problems, reader.leftAlone)
    for (id, variants) in Dictionary(grouping: reader.read, by: \.id).sorted(by: { $0.key < $1.key }) { take(variants, as: id) }
    takeTexts(found.files.filter { $0.place == nil })
    takeSettings(found.settings)
    takeIgnored(found.ignored)
    written.sort { $0.path < $1.path }
    taken.sort { $0.path < $1.path }
  }

  /// Whether every platform that is to get a copy reads the file where it is.
  private func isReadByAllTargets(_ file: FoundFile) -> Bool {
    guard let targets = options.targets, let place = file.place else { return false }
    return targets.allSatisfy { id in
      // Of several files under one name, such a platform takes one.
      catalog.platform(id)?.takes.values.contains { $0.contains(place.id) } ?? false
    }
  }

  /// What the tree says already is not written again.
  private mutating func takeSettings(_ found: [FoundSettings]) {
    let settings = SettingsImport(found, for: selected, in: catalog, options: options, shownAs: shownAs)
    problems += settings.problems
    takenSettings = settings.taken
    for artifact in settings.artifacts {
      written.append(Written(path: artifact.path, bytes: artifact.text.bytes, isExecutable: false))
    }
  }

  private mutating func takeIgnored(_ found: [FoundIgnore]) {
    let ignored = IgnoreImport(found, in: catalog, options: options, shownAs: shownAs)
    problems += ignored.problems
    guard let artifact = ignored.artifact else { return }
    written.append(Written(path: artifact.path, bytes: artifact.text.bytes, isExecutable: false))
    for file in ignored.taken {
      taken.append(Taken(path: file.path, bytes: file.bytes, platforms: file.platforms, became: [artifact.path.text], notes: []))
    }
  }

  /// What several platforms have under one name is one artifact, when they say the same.
  private mutating func take(_ variants: [ReadFile], as id: ArtifactID) {
    let joining = Joining(variants, preferring: options.preferred, in: catalog, shownAs: shownAs)
    problems += joining.problems
    guard let file = joining.file, let path = id.file else { return }
    ids.insert(id)
    written.append(Written(path: path, bytes: file.bytes, isExecutable: false))
    for resource in joining.resources {
      let place = path.parent?.appending(resource.path) ?? resource.path
      written.append(Written(path: place, bytes: resource.bytes, isExecutable: resource.isExecutable))
    }
    for variant in variants {
      taken.append(
        Taken(
          path: variant.file.path, bytes: variant.file.bytes, platforms: variant.file.platforms, became: [path.text],
          notes: variant.notes + file.notes))
      guard let folder = variant.file.path.parent, variant.file.place?.format == .skill else { continue }
      for resource in variant.file.resources {
        let inner = path.parent?.appending(resource.path) ?? resource.path
        taken.append(
          Taken(path: folder.appending(resource.path), bytes: resource.bytes, platforms: variant.file.platforms, became: [inner.text], notes: []))
      }
    }
  }

  /// Texts become rules that always hold; what two of them say alike is one rule.
  private mutating func takeTexts(_ files: [FoundFile]) {
    let paths = Set(files.map(\.path))
    let loaders = loaders(of: files)
    var known: [[UInt8]: (name: String, index: Int)] = [:]
    for file in files {
      let source = SourceText(path: shownAs + file.path.text, bytes: file.bytes)
      let users: [UInt8]
      switch findBlock(in: source, syntax: .markdown) {
      case .none: users = file.bytes
      case .found(let block): users = block.removed()
      case .damaged(let found):
        problems += found
        continue
      }
      let (text, imports) = Texts.withoutImports(users, in: file.path, of: paths)
      if options.targets == nil, follows(file), let loaded = Texts.loadedFile(in: text, of: file.path, besides: paths, exists: exists) {
        leftAlone.append((file.path, "it loads `\(loaded)` with an `@`, which works from here alone"))
        continue
      }
      let readers = Set(file.platforms).union(loaders[file.path] ?? []).sorted()
      var notes = imports.map { "the line that loads `\($0)` goes: that text is a rule as well" }
      var became: [String] = []
      for part in Texts.parts(of: text.withoutByteOrderMark, named: file.name, isSplit: options.splitsTexts) {
        let body = part.body.trimmed
        if let same = known[body] {
          became.append("rules/\(same.name).md")
          widen(same.index, to: readers)
          notes.append("says the same as `rules/\(same.name).md`")
          continue
        }
        let name = free(part.name)
        guard let path = ArtifactID(kind: .rule, name: name).file, let bytes = ruleBytes(part.body, for: readers, at: file.path) else { continue }
        ids.insert(ArtifactID(kind: .rule, name: name))
        known[body] = (name, written.count)
        audiences[written.count] = readers
        written.append(Written(path: path, bytes: bytes, isExecutable: false))
        became.append(path.text)
        if options.targets == nil, let only = audience(of: readers, at: nil) {
          notes.append("for \(only.joined(separator: ", ")) alone, as before; take `platforms:` out to give it to all")
        }
      }
      guard !became.isEmpty || !imports.isEmpty else { continue }
      taken.append(Taken(path: file.path, bytes: file.bytes, platforms: file.platforms, became: became, notes: notes))
    }
  }

  /// Whether a platform follows the lines of a text that load others.
  private func follows(_ file: FoundFile) -> Bool {
    file.platforms.contains { id in catalog.platform(id)?.reads.contains { $0.path == file.path.text && $0.followsImports } ?? false }
  }

  /// By text: the platforms that load it through a line in another one.
  private func loaders(of files: [FoundFile]) -> [TreePath: Set<String>] {
    let paths = Set(files.map(\.path))
    var out: [TreePath: Set<String>] = [:]
    for file in files {
      let following = file.platforms.filter { id in
        catalog.platform(id)?.reads.contains { $0.path == file.path.text && $0.followsImports } ?? false
      }
      for target in Texts.withoutImports(file.bytes, in: file.path, of: paths).imports { out[target, default: []].formUnion(following) }
    }
    return out
  }

  /// By index of a written file: the platforms that loaded the text.
  private var audiences: [Int: [String]] = [:]

  /// A text that other platforms have in another file is for those too.
  private mutating func widen(_ index: Int, to platforms: [String]) {
    let all = Set(audiences[index] ?? []).union(platforms).sorted()
    audiences[index] = all
    let body = Array(written[index].bytes[HeadSplit(written[index].bytes).body])
    if let bytes = ruleBytes(body, for: all) { written[index].bytes = bytes }
  }

  /// The platforms that a text is for; nil when that is all of them.
  private func audience(of platforms: [String], at path: TreePath?) -> [String]? {
    guard let targets = options.targets else {
      let readers = selected.filter(platforms.contains)
      return readers.count < selected.count ? readers : nil
    }
    // Who reads the file where it is needs no copy of it.
    let others = targets.filter { id in !(catalog.platform(id)?.reads.contains { $0.path == path?.text && $0.when == .always } ?? false) }
    return others.count < targets.count ? others : nil
  }

  private func ruleBytes(_ body: [UInt8], for platforms: [String], at path: TreePath? = nil) -> [UInt8]? {
    guard let only = audience(of: platforms, at: path) else { return body.starts(with: "---".utf8) ? Array("---\n---\n".utf8) + body : body }
    let change = HeadChange(path: ["platforms"], value: .list(only.map(FieldValue.text)))
    return headEdits(of: SourceText(path: "", bytes: []), making: [change]).map { $0.applied(to: []) + body }
  }

  /// The name, or one with a number when a rule has it.
  private func free(_ name: String) -> String {
    let base = validName(like: name) ?? "text"
    var out = base
    var number = 2
    while ids.contains(ArtifactID(kind: .rule, name: out)) {
      out = String(base.prefix(60)) + "-\(number)"
      number += 1
    }
    return out
  }
}

extension [UInt8] {
  fileprivate var withoutByteOrderMark: [UInt8] { starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self }

  /// Without blanks at both ends.
  var trimmed: [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else { return [] }
    return Array(self[first...last])
  }
}
