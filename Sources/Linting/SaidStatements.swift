/// A statement with where it is said.
struct SaidStatement {
  var statement: Statement
  /// Offsets in the body.
  var range: Range<Int>
  /// Index of the heading that it stands under.
  var heading: Int?
  /// What it is for, by the headings above.
  var scopes: Set<UInt64>
  /// Of what it depends on, such as the item that it stands below; two that differ in it are about different things.
  var context: UInt64
}

/// What a heading says of the text below.
private struct Title {
  var isWrong = false
  var scopes: Set<UInt64> = []
}

/// Reads what a body orders and forbids.
struct SaidStatements {
  private(set) var all: [SaidStatement] = []

  private let bytes: UnsafeBufferPointer<UInt8>
  private let reader: StatementReader
  private let takesOrders: Bool
  private let headings: [ProseHeading]
  private let words: WordHashes
  /// By index of a heading; few are asked for.
  private var known: [Title?]
  /// The text before a list that says what its items are.
  private var intro: (lead: Statement.Stance?, context: UInt64, isWrong: Bool)?
  /// Items that the next one may stand below.
  private var parents: [(indentation: Int, context: UInt64)] = []

  /// - Parameter takesOrders: whether sentences without a modal word count.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ text: WordedBlocks, _ modals: ModalWords, takesOrders: Bool) {
    (self.bytes, self.takesOrders) = (bytes, takesOrders)
    reader = StatementReader(modals, bytes)
    (headings, words) = (text.headings, text.words)
    known = [Title?](repeating: nil, count: headings.count)
    var last: Int?
    for (block, span) in zip(text.blocks, text.spans) {
      if block.kind != .item || block.heading != last {
        intro = nil
        parents = []
      }
      last = block.heading
      if block.kind != .quote { read(block, span) }
    }
  }

  private mutating func read(_ block: ProseBlock, _ span: WordHashes.Span) {
    var context: UInt64 = 0
    if block.kind == .item {
      parents.removeAll { $0.indentation >= block.indentation }
      context = parents.last?.context ?? intro?.context ?? 0
      guard !(intro?.isWrong ?? false) else { return }
    }
    let mayIntroduce = block.kind == .paragraph && bytes[block.range].last { !$0.isBlank && $0 != UInt8(ascii: "*") } == UInt8(ascii: ":")
    let isWorthwhile = takesOrders || mayIntroduce || intro?.lead != nil || words[span].contains(where: reader.modals.isModal)
    let title = isWorthwhile ? block.heading.map { self.title($0) } ?? Title() : Title()
    let sentences = isWorthwhile && !title.isWrong ? SentenceReader(bytes, in: block.range, reader.modals).sentences : []
    for (index, sentence) in sentences.enumerated() {
      let isExcepted = index + 1 < sentences.count && [.exception, .exceptionNoun, .joiner].contains(sentences[index + 1].words[0].role)
      guard !isExcepted else { continue }
      let lead = block.kind == .item && index == 0 ? intro?.lead : nil
      for statement in reader.statements(in: sentence, lead: lead) where takesOrders || statement.stance != .order {
        all.append(SaidStatement(statement: statement, range: sentence.range, heading: block.heading, scopes: title.scopes, context: context))
      }
    }
    noteContext(of: block, span, sentences, below: context)
  }

  /// Remembers what the items behind a block depend on.
  private mutating func noteContext(of block: ProseBlock, _ span: WordHashes.Span, _ sentences: [Sentence], below context: UInt64) {
    guard block.kind == .paragraph else {
      parents.append((block.indentation, WordHash.joining([context] + words[span])))
      return
    }
    guard let last = sentences.last, last.words.last?.hasColon ?? false else { return }
    let lead = reader.lead(last.words)
    let depends = last.words.contains { [.condition, .exception, .pronoun].contains($0.role) }
    let isWrong = lead == nil && (ScopeWords.all.isWrong(bytes, last.range) || last.isUnclear)
    intro = (lead, lead == nil && depends ? WordHash.joining(last.words.map(\.hash)) : 0, isWrong)
  }

  /// What a heading says, with those above it.
  private mutating func title(_ index: Int) -> Title {
    if let title = known[index] { return title }
    var title = headings[index].parent.map { self.title($0) } ?? Title()
    title.isWrong = title.isWrong || ScopeWords.all.isWrong(bytes, headings[index].title)
    title.scopes.formUnion(ScopeWords.all.scopes(in: bytes, headings[index].title))
    known[index] = title
    return title
  }
}
