import ContextModel
import Diagnostics
import FileTree
import JSON
import Platforms

/// What there is in the library, for people and for programs.
struct LibraryReport {
  /// One artifact with what is known of it.
  struct Entry {
    var artifact: Artifact
    var languages: [String]
    var tokens: LibraryTokens
    var use: LibraryUse.Use
  }

  let entries: [Entry]
  /// Ids of those whose tokens count.
  let platforms: [String]
  /// Whether the text of the artifact is part of it.
  let showsText: Bool

  // MARK: For people

  /// One line for each artifact.
  var rows: String {
    let numbers = entries.map { ($0.tokens.most.map { grouped($0.atStart) } ?? "-", $0.tokens.most.map { grouped($0.loaded) } ?? "-") }
    let widths = (numbers.map(\.0.count).max() ?? 0, numbers.map(\.1.count).max() ?? 0)
    return columns(
      zip(entries, numbers).map { entry, numbers in
        [
          entry.artifact.id.description, entry.use.sign, right(numbers.0, widths.0) + " at start", right(numbers.1, widths.1) + " loaded",
          entry.words(of: entry.artifact.tags), entry.words(of: entry.languages), entry.description,
        ]
      })
  }

  private func right(_ text: String, _ width: Int) -> String { String(repeating: " ", count: width - text.count) + text }

  /// What the lines come to, and how to read them.
  var totals: String {
    let costs = entries.compactMap(\.tokens.most)
    let (start, loaded) = (costs.reduce(0) { $0 + $1.atStart }, costs.reduce(0) { $0 + $1.loaded })
    let used = entries.count { $0.use == .used }
    let replaced = entries.count { $0.use == .replaced }
    return
      "\(counted(entries.count, "artifact")), about \(counted(start, "token")) at start and \(grouped(loaded)) loaded, \(platformWords)\n"
      + "\(grouped(used)) used here (*)" + (replaced > 0 ? ", \(grouped(replaced)) replaced by your own of that name (~)" : "") + "\n"
  }

  private var platformWords: String {
    let names = platforms.prefix(3).joined(separator: ", ") + (platforms.count > 3 ? " and \(platforms.count - 3) more" : "")
    return platforms.count == 1 ? "for \(names)" : "each at most among \(names)"
  }

  /// All about a single artifact, its text last.
  /// - Parameter isShort: whether the text is all there is.
  func details(isShort: Bool) -> String {
    guard let entry = entries.first else { return "" }
    let text = String(decoding: entry.artifact.text.bytes, as: UTF8.self)
    if isShort { return text }
    var facts = [["use", entry.use.words], ["tags", entry.words(of: entry.artifact.tags)], ["translations", entry.words(of: entry.languages)]]
    if let language = entry.artifact.language { facts.append(["language", language.text]) }
    if !entry.artifact.resources.isEmpty { facts.append(["files", entry.artifact.resources.map(\.path.text).joined(separator: ", ")]) }
    let costs = entry.tokens.costs.map { [$0.platform, "about \(counted($0.atStart, "token")) at start, \(grouped($0.loaded)) loaded"] }
    return entry.artifact.id.description + ": " + entry.description + "\n" + columns(facts, margin: "  ") + columns(costs, margin: "  ") + "\n" + text
  }

  // MARK: For programs

  var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("library")), ("exit", .number(0)), ("bytesPerToken", .text("3.8")),
      ("platforms", .texts(platforms)), ("artifacts", .list(entries.map(json))),
    ])
  }

  private func json(_ entry: Entry) -> JSONValue {
    let artifact = entry.artifact
    let tokens = entry.tokens.costs.map {
      JSONValue.object([("platform", .text($0.platform)), ("start", .number($0.atStart)), ("loaded", .number($0.loaded))])
    }
    return .object(
      [
        ("name", .text(artifact.id.description)), ("use", .text(entry.use.rawValue)), ("description", .optional(artifact.description)),
        ("tags", .texts(artifact.tags)), ("languages", .texts(entry.languages)), ("language", .optional(artifact.language?.text)),
        ("files", .texts(artifact.resources.map(\.path.text))), ("tokens", .list(tokens)),
      ] + (showsText ? [("text", .text(String(decoding: artifact.text.bytes, as: UTF8.self)))] : []))
  }
}

extension LibraryReport.Entry {
  /// The description on one line.
  fileprivate var description: String {
    (artifact.description ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ").escapedForDisplay
  }

  fileprivate func words(of list: [String]) -> String { list.isEmpty ? "-" : list.joined(separator: ",").escapedForDisplay }
}

extension LibraryUse.Use {
  fileprivate var sign: String {
    switch self {
    case .used: "*"
    case .replaced: "~"
    case .unused: "-"
    }
  }

  fileprivate var words: String {
    switch self {
    case .used: "used here"
    case .replaced: "replaced here by your own of that name"
    case .unused: "not used here"
    }
  }
}
