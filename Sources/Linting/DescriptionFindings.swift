import ContextModel
import Diagnostics
import FileTree
import Platforms

/// Descriptions that a platform cuts off or refuses, and those that say nothing.
func descriptionFindings(_ input: LintInput) -> ArtifactCheck {
  let limits = DescriptionLimits(input)
  return { artifact in
    guard ArtifactKind.texts.contains(artifact.id.kind), let description = artifact.description else { return [] }
    let survey = DescriptionSurvey(description)
    let empty = (survey.mayBePlaceholder ? placeholder(description, of: artifact) : nil) ?? repeated(description, survey, of: artifact)
    return [empty, limits.finding(about: description, of: artifact)].compactMap(\.self)
  }
}

private func placeholder(_ description: String, of artifact: Artifact) -> LintFinding? {
  let text = description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  guard isPlaceholder(text) else { return nil }
  return LintFinding(
    Diagnostic(
      .warning, "description/placeholder", "this description is still to be written", at: artifact.place(ofKey: "description"),
      help: "say what it does and when it is to be used: that is all a model chooses by"))
}

/// What stands where a description is to come, in letters alone.
private let placeholders: Set<String> = [
  "todo", "tbd", "tba", "fixme", "wip", "description", "a description", "the description", "description here", "your description",
  "your description here",
  "a brief description", "brief description", "short description", "one line description", "placeholder", "none", "na", "xxx", "lorem ipsum",
]

private func isPlaceholder(_ text: String) -> Bool {
  let bare = text.lowercased().drop { !$0.isLetter && $0 != "<" && $0 != "[" && $0 != "{" }
  let letters = bare.filter { $0.isLetter || $0 == " " }
  if letters.isEmpty { return !text.contains { $0.isLetter || $0.isNumber } }
  if placeholders.contains(letters.trimmed) { return true }
  // In capitals it is a note, and not a word of the sentence.
  if ["TODO:", "TBD:", "FIXME:", "TODO -", "TBD -", "TODO(", "FIXME("].contains(where: text.hasPrefix) { return true }
  if let first = text.first, let last = text.last, ["<>", "[]", "{}"].contains(String([first, last])), text.contains(" ") {
    // One pair of brackets around everything.
    return text.dropFirst().dropLast().allSatisfy { !"<>[]".contains($0) }
  }
  return ["<what ", "<describe", "[describe", "lorem ipsum", "<your ", "[your ", "{{description"].contains(where: text.lowercased().contains)
}

/// How many words a description may have besides those of the name, and still say no more.
private let mostFurtherWords = 4

private let smallWords: Set<String> = ["a", "an", "the", "this", "is", "for", "to", "of", "that"]

private func repeated(_ description: String, _ survey: DescriptionSurvey, of artifact: Artifact) -> LintFinding? {
  // By that of other rules nobody chooses.
  if artifact.isRule, artifact.activation != .model { return nil }
  guard survey.words <= artifact.id.name.utf8.count(where: { $0 == UInt8(ascii: "-") }) + 1 + mostFurtherWords else { return nil }
  let kind = String(artifact.id.kind.folder.dropLast())
  let name = Set(words(artifact.id.name).map(singular))
  let said = words(description).map(singular)
  let rest = said.filter { !name.contains($0) && $0 != kind && !smallWords.contains($0) }
  guard !said.isEmpty, rest.isEmpty, said.count <= name.count + mostFurtherWords else { return nil }
  return LintFinding(
    Diagnostic(
      .warning, "description/repeats-name", "this description says no more than the name", at: artifact.place(ofKey: "description"),
      help: "say what it does and when it is to be used: that is all a model chooses by"))
}

private func words(_ text: String) -> [String] { text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) }

private func singular(_ word: String) -> String { word.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : word }

extension String {
  fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}

/// How long descriptions may be on the selected platforms.
private struct DescriptionLimits {
  /// By shape: what those have that take it.
  private var limits: [Shape: [PlatformLimit]] = [:]
  private let least: Int

  init(_ input: LintInput) {
    for shape in Shape.all {
      limits[shape] = input.platforms.compactMap { platform in
        let known = PlatformLimits([platform])
        // The first place is where it goes when nothing is in the way.
        let file = platform.takes[shape]?.lazy.compactMap { input.catalog.places[$0]?.mainFile(name: "x") }.first
        return file.flatMap { known.on($0.text) { $0.field == "description" }.min { $0.limit.most < $1.limit.most } }
      }
    }
    least = limits.values.joined().map(\.limit.most).min() ?? .max
  }

  func finding(about description: String, of artifact: Artifact) -> LintFinding? {
    guard description.utf8.count > least else { return nil }
    let size = TextSize(of: description)
    let passed = Set(artifact.shapes.flatMap { limits[$0] ?? [] }).filter {
      artifact.audience.includes($0.platform) && size[$0.limit.unit] > $0.limit.most
    }
    guard let unit = passed.first?.limit.unit else { return nil }
    let words = passed.sorted { ($0.limit.most, $0.platform) < ($1.limit.most, $1.platform) }.map {
      "`\($0.platform)` takes \($0.limit.most) and \($0.limit.beyond)"
    }
    return LintFinding(
      Diagnostic(
        .warning, "description/cut", "this description has \(size[unit]) \(unit.rawValue)", at: artifact.place(ofKey: "description"), notes: words,
        help: "say in the first sentence when it is to be used, and move the rest into the text"))
  }
}
