import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import TextDiff

/// Several platforms' files under one name, as one canonical file: what one of them cannot say comes from the others.
struct Joining {
  /// Nil when there is none, or the files do not agree.
  private(set) var file: CanonicalFile?
  private(set) var resources: [FoundFile.Resource] = []
  private(set) var problems: [Diagnostic] = []

  private let variants: [ReadFile]
  private let catalog: PlatformCatalog
  private let shownAs: String
  /// Whether differences are settled by the order of the variants.
  private let isSettled: Bool

  /// - Parameter preferred: platforms whose version counts where they differ; with none, a difference is a problem.
  init(_ variants: [ReadFile], preferring preferred: [String], in catalog: PlatformCatalog, shownAs: String) {
    // What says most comes first: the others are held against it.
    let byWords = variants.sorted { (-$0.changes.count, $0.file.path) < (-$1.changes.count, $1.file.path) }
    self.init(byWords, isSettled: false, in: catalog, shownAs: shownAs)
    guard problems.contains(where: { $0.id == "import/conflict" }) else { return }
    // Two files of one platform are two artifacts, and no preference could keep both.
    if let twins = Self.twins(byWords) {
      problems = [
        Diagnostic(
          .error, "import/same-name", "`\(twins.0.id)` would be this file and `\(shownAs)\(twins.1.file.path)`, and they differ",
          at: SourcePlace(path: shownAs + twins.0.file.path.text), help: "rename one of them")
      ]
      return
    }
    let chosen = preferred.lazy.compactMap { id in byWords.first { $0.file.platforms.contains(id) } }.first
    guard let chosen else { return }
    let others = byWords.filter { $0.file.path != chosen.file.path }
    self.init([chosen] + others, isSettled: true, in: catalog, shownAs: shownAs)
  }

  /// Two that stand in the same place.
  private static func twins(_ variants: [ReadFile]) -> (ReadFile, ReadFile)? {
    for (index, first) in variants.enumerated() {
      for second in variants[(index + 1)...] where first.file.place?.id == second.file.place?.id { return (first, second) }
    }
    return nil
  }

  private init(_ variants: [ReadFile], isSettled: Bool, in catalog: PlatformCatalog, shownAs: String) {
    (self.variants, self.isSettled, self.catalog, self.shownAs) = (variants, isSettled, catalog, shownAs)
    join()
  }

  private mutating func join() {
    guard let first = variants.first else { return }
    var changes = first.changes
    for variant in variants.dropFirst() {
      for change in variant.changes where !changes.contains(where: { $0.path == change.path }) && adds(change, from: variant) {
        changes.append(change)
      }
    }
    guard let joined = CanonicalFile(of: first, changes: changes, in: catalog, shownAs: shownAs, problems: &problems) else { return }
    for variant in variants.dropFirst() { check(variant, against: joined) }
    for variant in variants { joinResources(of: variant) }
    guard !problems.hasErrors else { return }
    file = joined
  }

  /// Whether the first one is silent about a key because its place has no word for it, and not because it says something else by silence.
  private func adds(_ change: HeadChange, from variant: ReadFile) -> Bool {
    change.path != ["activation"] && change.path != ["globs"] && change.path != ["paths"]
  }

  /// What the joined file would be in the place of one of them has to say what that one says.
  private mutating func check(_ variant: ReadFile, against joined: CanonicalFile) {
    guard !isSettled, let place = variant.file.place else { return }
    let form = variant.lens.delivery.form
    guard let written = try? variant.lens.replacing(joined.artifact)?.write(), let body = try? variant.lens.read(written.bytes).body,
      let before = (try? OutputText(variant.bytes, at: place, form: form)) ?? nil
    else { return differ(variant, in: "when it loads") }
    for field in before.fields where field.value != .null && field.key != "name" {
      guard let other = written.text.fields[field.key], other != field.value else { continue }
      if other.patterns == field.value.patterns || (other.scalarText != nil && other.scalarText == field.value.scalarText) { continue }
      differ(variant, in: "`\(field.key)`", notes: [Self.note(field.value, variant), Self.note(other, nil)].compactMap(\.self))
    }
    // Without what aiwg adds for a place that has no field for something.
    guard body.trimmed != variant.body.trimmed else { return }
    let difference = unifiedDiff(
      old: body.trimmed + [UInt8(ascii: "\n")], new: variant.body.trimmed + [UInt8(ascii: "\n")], oldName: variants[0].file.path.text,
      newName: variant.file.path.text, context: 1)
    differ(variant, in: "the text", notes: difference.split(separator: "\n").map(String.init))
  }

  private static func note(_ value: FieldValue, _ variant: ReadFile?) -> String? {
    let text = value.scalarText ?? value.textList?.joined(separator: ", ")
    return text.map { (variant == nil ? "the other one says: " : "this one says: ") + $0 }
  }

  private mutating func differ(_ variant: ReadFile, in what: String, notes: [String] = []) {
    let other = variants[0].file
    let message = "`\(variant.id)` differs from `\(shownAs)\(other.path)` in \(what)"
    let help = "make them agree, rename one, or say whose version counts: `--prefer \(other.platforms[0])`"
    problems.append(
      Diagnostic(
        .error, "import/conflict", message, at: SourcePlace(path: shownAs + variant.file.path.text), notes: notes, help: help))
  }

  private mutating func joinResources(of variant: ReadFile) {
    for resource in variant.file.resources {
      guard let known = resources.first(where: { $0.path == resource.path }) else {
        resources.append(resource)
        continue
      }
      if known.bytes != resource.bytes, !isSettled { differ(variant, in: "the file `\(resource.path)` beside it") }
    }
  }
}
