/// Finds out what sentences order and forbid.
///
/// It rather says nothing than something wrong: a sentence with two modal words, a pronoun, a question or an exception says nothing.
struct StatementReader {
  let modals: ModalWords
  private let bytes: UnsafeBufferPointer<UInt8>
  private let stems: WordStems

  /// - Parameter bytes: the body that the sentences are of.
  init(_ modals: ModalWords, _ bytes: UnsafeBufferPointer<UInt8>) {
    (self.modals, self.bytes) = (modals, bytes)
    stems = WordStems(language: modals.language)
  }

  /// A word that carries meaning.
  private struct Stem {
    var hash: UInt64
    var role: WordRole?
    var isBase: Bool
    var isGerund: Bool
    var number: UInt64?
  }

  /// What a clause orders, before its words are compared.
  private struct Order {
    var stance: Statement.Stance
    var subject: [SentenceWord] = []
    var verbs: [SentenceWord]
    var isPassive = false
    /// What is done is not said: `no tabs`, `avoid tabs`, `tabs are forbidden`.
    var isThing = false
  }

  /// - Parameter lead: what the text before a list says of all its items; nil when it says nothing.
  func statements(in sentence: Sentence, lead: Statement.Stance? = nil) -> [Statement] {
    guard !sentence.isUnclear, sentence.words.count <= 40 else { return [] }
    return clauses(of: sentence.words).flatMap { statements(inClause: $0, lead: lead) }
  }

  /// What the text before a list says of its items: `Never:`; nil when it says more, or nothing.
  func lead(_ words: [SentenceWord]) -> Statement.Stance? {
    let words = words.filter { $0.role != .filler && $0.role != .to && $0.role != .be }
    switch words.map(\.role) {
    case [.always], [.duty], [.duty, .always], [.required], [.doVerb], [.prefer]: return .must
    case [.never], [.doNot], [.duty, .not], [.duty, .never], [.doVerb, .not], [.avoid], [.forbidden], [.not, .allowed], [.mustNot], [.cannot]:
      return .never
    default: return nil
    }
  }

  // MARK: Clauses

  /// Parts that each have an order of their own; when the last one says when it holds, nobody knows of the others.
  private func clauses(of words: [SentenceWord]) -> [[SentenceWord]] {
    var words = words
    if let reason = words.indices.dropFirst(2).first(where: { words[$0].role == .because }) { words.removeSubrange(reason...) }
    var starts = [0]
    // What goes before all orders ends with a comma too.
    let isFronted = words.first?.role == .condition || words.first?.role == .preposition
    let front = isFronted ? words.firstIndex(where: \.hasComma) ?? 0 : -1
    for index in words.indices.dropFirst(front + 2) {
      var next = index
      if words[index].role == .joiner { next += 1 }
      guard next > index || words[index - 1].hasComma, next < words.count, beginsOrder(words, next) else { continue }
      if starts.last.map({ words[$0..<index].contains { $0.role != .joiner } }) ?? false { starts.append(index) }
    }
    var parts = zip(starts, starts.dropFirst() + [words.count]).map { Array(words[$0..<$1]) }
    for index in parts.indices { while parts[index].first?.role == .joiner { parts[index].removeFirst() } }
    guard parts.count > 1 else { return parts }
    // What goes before the first order holds for all; what follows the last one, perhaps too.
    if parts[0].first?.role == .condition { return [] }
    let isBound = parts[parts.count - 1].dropFirst().contains { $0.role == .condition }
    return isBound ? [parts[parts.count - 1]] : parts
  }

  private func beginsOrder(_ words: [SentenceWord], _ index: Int) -> Bool {
    switch words[index].role {
    case .never, .always, .doNot, .avoid, .prefer, .mustNot, .cannot, .duty: return true
    case .doVerb: return index + 1 < words.count && words[index + 1].role == .not
    case .not: return modals.beginsWithNot
    case .use: return index + 1 < words.count
    default: return false
    }
  }

  // MARK: Orders

  private func statements(inClause words: [SentenceWord], lead: Statement.Stance?) -> [Statement] {
    guard let label = labelled(withContrast(withoutIt(words))), let clause = fronted(label.rest) else { return [] }
    guard !clause.contains(where: { $0.role == .pronoun || $0.role == .exception }), var order = order(of: clause, lead: lead) else { return [] }
    if order.stance == .never, clause.contains(where: { $0.role == .quantifier }) { return [] }
    order.subject = label.words + order.subject
    return statements(of: order)
  }

  /// `It is forbidden to use X` says of `to use X` that it is.
  private func withoutIt(_ words: [SentenceWord]) -> [SentenceWord] {
    guard words.count > 4, words[0].role == .pronoun, words[1].role == .be else { return words }
    let at = words[2].role == .not ? 3 : 2
    guard words.count > at + 2, words[at].role.map(Self.adjectives.contains) ?? false, words[at + 1].role == .to else { return words }
    let isNegated = at == 3
    let forbids = words[at].role == .forbidden || (words[at].role == .allowed && isNegated)
    guard forbids || (words[at].role == .required && !isNegated) else { return words }
    var modal = words[at]
    modal.role = forbids ? .never : .always
    return [modal] + words[(at + 2)...]
  }

  /// `Use X, not Y` prefers one to the other.
  private func withContrast(_ words: [SentenceWord]) -> [SentenceWord] {
    var words = words
    for index in words.indices.dropFirst(2).dropLast() where words[index].role == .not && words[index - 1].hasComma { words[index].role = .instead }
    return words
  }

  /// What stands before a colon says what the rest is about; nil when something follows that no colon belongs to.
  private func labelled(_ words: [SentenceWord]) -> (words: [SentenceWord], rest: [SentenceWord])? {
    guard let colon = words.firstIndex(where: \.hasColon), colon + 1 < words.count else { return ([], words) }
    let (label, rest) = (Array(words[...colon]), Array(words[(colon + 1)...]))
    // `Forbidden: tabs` has its modal word there.
    if label.count == 1, [.forbidden, .required, .never, .always, .avoid, .prefer, .doNot].contains(label[0].role) { return ([], words) }
    let hasOrder = label.contains { $0.role.map(Self.modalRoles.contains) ?? false }
    // `Never do X: it breaks` says why behind it.
    if hasOrder { return ([], label) }
    return label.count <= 4 ? (label, rest) : nil
  }

  /// A sentence that says first when or where it holds, with that at its end; nil when nobody can say where that ends.
  private func fronted(_ words: [SentenceWord]) -> [SentenceWord]? {
    guard words.first?.role == .condition || words.first?.role == .preposition else { return words }
    guard let comma = words.firstIndex(where: \.hasComma), comma + 1 < words.count else { return nil }
    let front = words[...comma]
    guard !front.contains(where: { $0.role.map(Self.modalRoles.contains) ?? false }) else { return nil }
    return Array(words[(comma + 1)...] + front)
  }

  private static let modalRoles: [WordRole] = [
    .duty, .always, .never, .not, .doNot, .cannot, .mustNot, .may, .avoid, .prefer, .required, .forbidden, .allowed, .optional, .need,
  ]

  /// The order in a clause; nil when there is none, or more than one.
  private func order(of clause: [SentenceWord], lead: Statement.Stance?) -> Order? {
    let words = clause.filter { $0.role != .filler }
    guard let first = words.first else { return nil }
    if let order = stated(words) { return isPlain(order) ? order : nil }
    let plain = Order(stance: lead ?? .order, verbs: words)
    guard isPlain(plain), first.role == .use || first.role == nil else { return nil }
    return plain
  }

  /// Whether no second modal word is left in what is ordered.
  private func isPlain(_ order: Order) -> Bool {
    guard !order.verbs.isEmpty else { return false }
    return (order.subject + order.verbs).allSatisfy { word in
      switch word.role {
      case .duty, .always, .never, .not, .doNot, .cannot, .mustNot, .may, .avoid, .no, .pronoun: false
      default: true
      }
    }
  }

  /// The order that a modal word makes.
  private func stated(_ words: [SentenceWord]) -> Order? {
    guard let at = words.firstIndex(where: { $0.role.map(Self.statingRoles.contains) ?? false }) else { return adjectival(words) }
    var cursor = at
    var stance = Statement.Stance.must
    let subject = Array(words[..<at])
    func role(_ offset: Int = 0) -> WordRole? { cursor + offset < words.count ? words[cursor + offset].role : nil }
    switch words[at].role {
    case .no:
      guard at == 0 else { return nil }
      return Order(stance: .never, verbs: Array(words.dropFirst()), isThing: true)
    case .avoid, .prefer:
      guard at == 0 else { return nil }
      let isAvoided = words[at].role == .avoid
      return Order(stance: isAvoided ? .never : .must, verbs: Array(words.dropFirst()), isThing: true)
    case .doNot, .doVerb:
      guard at == 0 else { return nil }
      cursor += 1
      let isNegated = words[at].role == .doNot || role() == .not
      if words[at].role == .doVerb, isNegated { cursor += 1 }
      stance = isNegated ? .never : .must
      if role() == .need, role(1) == .to { (stance, cursor) = (isNegated ? .free : .must, cursor + 2) }
    case .not:
      // `No uses`, and in some languages `tidak boleh`.
      if role(1) == .allowed, at == 0 || words[at - 1].role != .be {
        (stance, cursor) = (.never, cursor + 2)
      } else if role(1) == .duty {
        (stance, cursor) = (.never, cursor + 2)
      } else {
        guard at == 0, modals.beginsWithNot else { return adjectival(words) }
        (stance, cursor) = (.never, cursor + 1)
      }
    case .may:
      stance = role(1) == .not ? .never : .allowed
      cursor += role(1) == .not ? 2 : 1
    case .need:
      guard role(1) == .to else { return nil }
      cursor += 2
    default:
      stance = [.never, .cannot, .mustNot].contains(words[at].role) ? .never : .must
      cursor += 1
      while let next = role(), [.always, .never, .not, .duty].contains(next) {
        if next != .always, next != .duty { stance = .never }
        cursor += 1
      }
      if role() == .avoid {
        return Order(stance: stance == .must ? .never : .order, subject: subject, verbs: Array(words[(cursor + 1)...]), isThing: true)
      }
      if role() == .prefer { return Order(stance: stance, subject: subject, verbs: Array(words[(cursor + 1)...]), isThing: true) }
    }
    // `Usa siempre X`
    if words[at].role == .always, subject.count == 1, modals.language != "en" {
      return Order(stance: .must, verbs: subject + words[min(cursor, words.count)...])
    }
    let isPassive = role() == .be
    if isPassive { cursor += 1 }
    while isPassive, role() == .always { cursor += 1 }
    return Order(stance: stance, subject: subject, verbs: Array(words[min(cursor, words.count)...]), isPassive: isPassive)
  }

  private static let statingRoles: [WordRole] = [
    .duty, .always, .never, .not, .doNot, .doVerb, .cannot, .mustNot, .may, .avoid, .prefer, .no, .need,
  ]

  private static let adjectives: [WordRole] = [.required, .forbidden, .allowed, .optional]

  /// `X is forbidden for Y`, `Forbidden: X`.
  private func adjectival(_ words: [SentenceWord]) -> Order? {
    guard let at = words.firstIndex(where: { $0.role.map(Self.adjectives.contains) ?? false }) else { return nil }
    var stance: Statement.Stance
    switch words[at].role {
    case .required: stance = .must
    case .forbidden: stance = .never
    case .allowed: stance = .allowed
    default: stance = .free
    }
    if at == 0 {
      guard words[0].hasColon, words.count > 1 else { return modals.language == "id" ? Order(stance: stance, verbs: Array(words.dropFirst())) : nil }
      return Order(stance: stance, verbs: Array(words.dropFirst()), isThing: true)
    }
    var subject = words[..<at]
    if subject.last?.role == .not {
      subject.removeLast()
      switch stance {
      case .must: stance = .free
      case .allowed: stance = .never
      default: return nil
      }
    }
    // In Spanish and Portuguese, `no` stands before the verb.
    guard subject.last?.role == .be else { return nil }
    subject.removeLast()
    if subject.last?.role == .not {
      subject.removeLast()
      guard stance == .allowed || stance == .must else { return nil }
      stance = stance == .allowed ? .never : .free
    }
    let tail = words[(at + 1)...]
    guard !subject.isEmpty, tail.isEmpty || tail.first?.role == .condition || tail.first?.role == .preposition else { return nil }
    return Order(stance: stance, verbs: Array(subject + tail), isThing: true)
  }

  // MARK: Subjects

  private func statements(of order: Order) -> [Statement] {
    // `Trailing commas` are a thing, and `trailing a file` is not.
    let isBoth = order.isThing && order.verbs.first.flatMap(stem)?.isGerund ?? false
    return statements(of: order, takesGerund: true) + (isBoth ? statements(of: order, takesGerund: false) : [])
  }

  private func statements(of order: Order, takesGerund: Bool) -> [Statement] {
    var verbs = order.verbs.compactMap(stem)
    while verbs.first?.role == .to { verbs.removeFirst() }
    let subject = order.subject.compactMap(stem)
    guard let first = verbs.first else { return [] }
    var isUse = false
    var verb = first.hash
    if first.role == .use || first.role == .prefer {
      isUse = true
      verbs.removeFirst()
    } else if order.isThing, !first.isGerund || !takesGerund {
      isUse = true
    } else if order.stance == .order, !first.isBase {
      return []
    }
    if isUse { verb = Self.use }
    var words = order.isPassive && !isUse && !subject.isEmpty ? [first] + subject + verbs.dropFirst() : subject + verbs
    words.removeAll { $0.role == .use || $0.role == .be }
    guard !words.isEmpty, isUse || words.count > 1 else { return [] }
    var found: [Statement] = []
    if let compared = comparison(words, order, isUse: isUse) {
      found.append(compared)
    } else {
      found.append(statement(order.stance, words, verb))
      found += picked(words, order, verb, isUse: isUse)
    }
    return found
  }

  private static let use = ModalWords.hash("use")

  private func statement(_ stance: Statement.Stance, _ words: [Stem], _ verb: UInt64, group: [UInt64] = []) -> Statement {
    let hashes = words.map(\.hash)
    return Statement(stance: stance, subject: WordHash.joining(hashes + group), verb: verb, length: words.count, stems: hashes)
  }

  private func stem(_ word: SentenceWord) -> Stem? {
    if word.role == .quantifier { return nil }
    if word.isCode { return Stem(hash: word.hash, role: nil, isBase: false, isGerund: false) }
    let text = word.spelling(in: bytes)
    let isNumber = !text.isEmpty && text.allSatisfy(\.isASCIIDigit)
    let isGerund = modals.language == "en" && text.count > 5 && text.suffix(3).elementsEqual("ing".utf8)
    return Stem(
      hash: WordHash(of: stems.stem(of: text)).value, role: word.role, isBase: stems.isBaseForm(text), isGerund: isGerund,
      number: isNumber ? word.hash : nil)
  }

  /// `Prefer A over B for C`, which `Prefer B over A for C` turns round.
  private func comparison(_ words: [Stem], _ order: Order, isUse: Bool) -> Statement? {
    guard isUse, let middle = words.firstIndex(where: { $0.role == .over || $0.role == .instead }) else { return nil }
    var rest = words[(middle + 1)...]
    if words[middle].role == .instead { rest = rest.drop { $0.hash == Self.than || $0.role == .filler } }
    let end = rest.firstIndex { $0.role == .condition || $0.role == .preposition || $0.role == .to } ?? rest.endIndex
    let (left, right) = (WordHash.joining(words[..<middle].map(\.hash)), WordHash.joining(rest[..<end].map(\.hash)))
    guard middle > 0, !rest[..<end].isEmpty, order.stance == .must || order.stance == .order else {
      // Left as words that must all be the same.
      return nil
    }
    let tail = rest[end...].map(\.hash)
    return Statement(
      stance: .picks(left), subject: WordHash.joining([Self.than, min(left, right), max(left, right)] + tail), verb: Self.use, length: words.count,
      stems: words.map(\.hash))
  }

  private static let than = ModalWords.hash("than")

  /// What a text that names one of several choices rules out.
  private func picked(_ words: [Stem], _ order: Order, _ verb: UInt64, isUse: Bool) -> [Statement] {
    guard order.stance == .must || order.stance == .order, isUse || Self.orders.contains(verb) || order.stance == .must else { return [] }
    guard !words.contains(where: { Self.bounds.contains($0.hash) }) else { return [] }
    var found: [Statement] = []
    let numbers = words.indices.filter { words[$0].number != nil }
    if numbers.count == 1, let at = numbers.first, at + 1 < words.count, ExclusiveChoices.all.isUnit(words[at + 1].hash), words.count > 2,
      let number = words[at].number
    {
      var rest = words
      rest.remove(at: at)
      found.append(statement(.picks(number), rest, verb, group: [Self.measure]))
    }
    let unnumbered = words.filter { $0.number == nil }
    let members = unnumbered.indices.filter { ExclusiveChoices.all.choice(of: unnumbered[$0].hash) != nil }
    guard members.count == 1, let choice = ExclusiveChoices.all.choice(of: unnumbered[members[0]].hash), choice.standsAlone || unnumbered.count > 1
    else {
      return found
    }
    // `single` and `double` are about quotes alone.
    var rest = unnumbered
    rest[members[0]].hash = choice.group
    if Self.ofQuotes == choice.group, !(members[0] + 1 < rest.count && Self.quotes.contains(rest[members[0] + 1].hash)) { return found }
    var statement = statement(.picks(choice.member), rest, verb)
    statement.stems = unnumbered.map(\.hash)
    found.append(statement)
    return found
  }

  private static let measure = ModalWords.hash("measure")
  private static let ofQuotes = ModalWords.hash("single double")
  private static let quotes: [UInt64] = ["quote", "quotation"].flatMap { WordStems.hashes(of: $0) }
  /// A measure with one of these leaves room for others.
  private static let bounds = Set(
    "least most min max minimum maximum up than about around approximately between fewer more".split(separator: " ").map { ModalWords.hash($0) })
  /// Stems of what an order without a modal word may begin with.
  private static let orders = Set(
    "indent write name format keep wrap limit set end order sort store install import export quote make put spell pass run tag merge".split(
      separator: " "
    ).flatMap { WordStems.hashes(of: $0) })
}
