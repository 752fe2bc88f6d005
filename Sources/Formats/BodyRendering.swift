import ContextModel
import Layout
import Platforms

/// A body as it stands in one output: verbatim but for references and the spots for arguments.
struct BodyRendering {
  private(set) var pieces: BodyPieces
  /// What the readers get otherwise than it is meant, in words.
  private(set) var losses: [Loss.Found] = []

  init(_ delivery: Layout.Delivery, targets: [(reference: Body.Reference, target: References.Target)], links: Links) {
    let body = delivery.artifact.body
    var edits: [(range: Range<Int>, text: String)] = []
    var unreachable: [ArtifactID] = []
    for (reference, target) in targets {
      edits.append(Self.edit(reference, target, delivery, links) { unreachable.append($0) })
    }
    losses = Set(unreachable).sorted().map { Self.loss(.dropped, "it names `\($0)`, which these readers do not get") }
    var usedWords: Set<String> = []
    if let style = delivery.form.arguments {
      for argument in body.arguments {
        let original = body.bytes[argument.range]
        if argument.meaning == .literal, style.replacesEveryDollar {
          let text = String(decoding: original, as: UTF8.self)
          losses.append(Self.loss(.dropped, "a `\(text)` in it is replaced by a word of the user's, which nothing prevents"))
        }
        guard let text = Self.spelled(argument, style, original: original, &usedWords) else { continue }
        edits.append((argument.range, text))
      }
    }
    for text in delivery.form.arguments?.parted ?? [] {
      let places = body.bytes.occurrences(of: Array(text.utf8))
      guard !places.isEmpty else { continue }
      losses.append(Self.loss(.standIn, "a `\(text)` in it goes out with a blank, because the platform would not take it as text"))
      edits += places.map { ($0 + 1..<$0 + 1, " ") }
    }
    pieces = BodyPieces(body.bytes, replacing: edits)
    if let style = delivery.form.arguments, !usedWords.isEmpty { explain(usedWords.sorted(), style) }
  }

  private static func loss(_ kind: Loss.Kind, _ reason: String) -> Loss.Found { Loss.Found(field: "body", kind: kind, reason: reason) }

  private static func edit(
    _ reference: Body.Reference, _ target: References.Target, _ delivery: Layout.Delivery, _ links: Links, onUnreachable: (ArtifactID) -> Void
  ) -> (range: Range<Int>, text: String) {
    let body = delivery.artifact.body.bytes
    // A destination comes with its fragment.
    let fragmentLength = reference.fragment.map { $0.utf8.count + 1 } ?? 0
    let range = reference.range.lowerBound..<min(body.count, reference.range.upperBound + fragmentLength)
    let isInBackticks = reference.range.lowerBound > 0 && body[reference.range.lowerBound - 1] == UInt8(ascii: "`")
    guard let path = links.destination(of: target, fragment: reference.fragment, from: delivery) else {
      onUnreachable(target.artifact)
      if reference.spelling == .link, let (range, label) = wholeLink(around: range, in: body) { return (range, label) }
      return (range, isInBackticks || reference.spelling == .link ? target.artifact.name : "`\(target.artifact.name)`")
    }
    if reference.spelling == .link { return (range, path) }
    if reference.spelling == .code { return (range, path.hasPrefix("#") ? target.artifact.name : path) }
    // An `@` would make some platforms load the artifact a second time; each gets it by itself already.
    if target.resource != nil { return (range, "@" + path) }
    let shown = path.hasPrefix("#") ? target.artifact.name : path
    return (range, isInBackticks ? shown : "`\(shown)`")
  }

  /// The whole of `[label](path)` and its label.
  private static func wholeLink(around range: Range<Int>, in body: [UInt8]) -> (Range<Int>, String)? {
    guard let close = body[range.upperBound...].firstIndex(of: UInt8(ascii: ")")) else { return nil }
    var depth = 0
    var index = range.lowerBound - 1
    while index > 0 {
      if body[index] == UInt8(ascii: "]") { depth += 1 }
      if body[index] == UInt8(ascii: "[") {
        depth -= 1
        if depth == 0 {
          guard let labelEnd = body[..<range.lowerBound].lastIndex(of: UInt8(ascii: "]")) else { return nil }
          return (index..<close + 1, String(decoding: body[(index + 1)..<labelEnd], as: UTF8.self))
        }
      }
      index -= 1
    }
    return nil
  }

  /// An argument in a platform's spelling, or in words when it has none; nil when nothing changes.
  private static func spelled(_ argument: Body.Argument, _ style: ArgumentStyle, original: ArraySlice<UInt8>, _ words: inout Set<String>) -> String? {
    switch argument.meaning {
    case .literal: return style.escape.isEmpty ? nil : style.escape + String(decoding: original, as: UTF8.self)
    case .all:
      if let all = style.all { return all }
      words.insert("<arguments>")
      return "<arguments>"
    case .position(let position):
      if let pattern = style.position { return pattern.replacing("{n}", with: String(position - 1 + style.first)) }
      words.insert("<argument-\(position)>")
      return "<argument-\(position)>"
    }
  }

  /// A paragraph of its own under the title, or at the start of a text without one; it says what that field says.
  mutating func insert(line: String, saying field: String) {
    let opening = pieces.opening
    let start = opening.firstIndex { !$0.isLineEnd } ?? opening.endIndex
    let hasTitle = opening[start...].starts(with: "# ".utf8)
    if hasTitle, opening.last != UInt8(ascii: "\n") { return append(paragraph: line, saying: field) }
    pieces.insert(Array((hasTitle ? "\n\(line)\n" : "\(line)\n\n").utf8), from: .added(field: field), at: hasTitle ? opening.count : start)
  }

  /// A last paragraph that the body itself does not have; it says what that field says.
  mutating func append(paragraph: String, saying field: String) {
    pieces.append(Array(((pieces.isOnOpenLine ? "\n" : "") + "\n\(paragraph)\n").utf8), from: .added(field: field))
  }

  /// A last line that says what the words in angle brackets stand for.
  private mutating func explain(_ words: [String], _ style: ArgumentStyle) {
    let meanings = words.map { word in
      word == "<arguments>" ? "`<arguments>` is all of it" : "`\(word)` is word \(word.filter(\.isNumber)) of it"
    }
    let text = style.all.map { "The user's text is: \($0)\n\nIn the text above, " } ?? "The user gives a text with this command. In the text above, "
    append(paragraph: text + meanings.joined(separator: ", ") + ".", saying: "body")
  }
}

extension [UInt8] {
  /// Where some bytes stand.
  fileprivate func occurrences(of text: [UInt8]) -> [Int] {
    guard let first = text.first else { return [] }
    return indices.filter { self[$0] == first && self[$0...].starts(with: text) }
  }
}
