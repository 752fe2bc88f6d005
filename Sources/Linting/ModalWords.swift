/// What a word does in a sentence that says what to do.
enum WordRole {
  /// Says nothing: articles, `please`, `you`.
  case filler
  case duty, always, never, not, doNot, doVerb, cannot, mustNot, may, need, to
  case be, required, forbidden, allowed, optional
  case avoid, prefer, use
  case no
  /// `all`, `every`: turned round they mean something else.
  case quantifier
  /// Stands for something that another sentence says.
  case pronoun
  /// What follows is a reason.
  case because
  /// Makes an exception.
  case exception
  /// `exception`, which is a thing that programs throw as well.
  case exceptionNoun
  /// Says when or where something holds.
  case condition
  case preposition
  case over, instead
  case joiner
}

/// The words of a language that make a sentence a rule.
final class ModalWords: Sendable {
  /// The subtag of the language.
  let language: String
  private let roles: WordTable<WordRole>
  /// Words that only this language of the four has, and has often.
  let common: Set<UInt64>
  private let modal: WordSet
  /// Whether an order begins with `not`.
  let beginsWithNot: Bool

  private init(_ language: String, beginsWithNot: Bool, common: String, _ words: [(WordRole, String)]) {
    self.language = language
    self.beginsWithNot = beginsWithNot
    self.common = Set(common.split(separator: " ").map { Self.hash($0) })
    let pairs = words.flatMap { role, list in list.split(separator: " ").map { (role, $0) } }
    // A word with two roles has the last one.
    roles = WordTable(pairs.map { (Self.hash($0.1), $0.0) })
    modal = WordSet(
      pairs.filter { Self.modalRoles.contains($0.0) }.flatMap { _, word in
        // Contractions have one apostrophe or the other.
        [Self.hash(word), Self.hash(word.replacing("'", with: "\u{2019}"))]
      })
  }

  func role(of word: UInt64) -> WordRole? { roles[word] }
  /// Whether a sentence with the word may say what to do, or not to do.
  func isModal(_ word: UInt64) -> Bool { modal.contains(word) }

  static func hash(_ word: some StringProtocol) -> UInt64 { WordHash(of: word.utf8).value }

  /// Two of them in one order say nothing that could be compared.
  static let modalRoles: [WordRole] = [
    .duty, .always, .never, .not, .doNot, .cannot, .mustNot, .may, .avoid, .prefer, .required, .forbidden, .allowed, .optional, .need, .no, .doVerb,
  ]

  static let all = [english, spanish, portuguese, indonesian]

  static let english = ModalWords(
    "en", beginsWithNot: false, common: "the and of is with for never always must not you this that are when",
    [
      (.filler, "a an the please you we i your our its their strictly absolutely simply just also then ever any that of"),
      (.duty, "must shall should"), (.always, "always"), (.never, "never"), (.not, "not"), (.doNot, "don't dont"), (.doVerb, "do"),
      (.cannot, "cannot can't"), (.mustNot, "mustn't shouldn't shan't"), (.may, "may"), (.need, "need needs have has"), (.to, "to"),
      (.be, "is are be been being"), (.required, "required mandatory obligatory compulsory"),
      (.forbidden, "forbidden prohibited banned disallowed"), (.allowed, "allowed permitted"), (.optional, "optional unnecessary"),
      (.avoid, "avoid"), (.prefer, "prefer favor favour preferred"), (.use, "use using used uses utilize employ"), (.no, "no"),
      (.quantifier, "all every each both"),
      (.pronoun, "this these those it they them such so otherwise above below following same here there one ones he she him her which"),
      (.because, "because since"),
      (.exception, "unless except only however until mostly usually typically generally"), (.exceptionNoun, "exception exceptions"),
      (.condition, "when whenever if while during where in on for with within inside outside under at via before after once as"),
      (.preposition, "from into by between through against without onto than"), (.over, "over"), (.instead, "instead rather"),
      (.joiner, "and but or"),
    ])

  static let spanish = ModalWords(
    "es", beginsWithNot: true, common: "el los las y una siempre del con por debe deben nunca usa uses usen un evita",
    [
      (.filler, "el la los las un una unos unas de del por favor"), (.duty, "debe deben debes deberá deberán debería"), (.always, "siempre"),
      (.never, "nunca jamás"), (.not, "no"), (.be, "es son está están ser estar sea"),
      (.required, "obligatorio obligatoria obligatorios obligatorias requerido requerida"),
      (.forbidden, "prohibido prohibida prohibidos prohibidas"), (.allowed, "permitido permitida permitidos permitidas"),
      (.optional, "opcional opcionales"), (.avoid, "evita evite evitar evitad"), (.prefer, "prefiere prefiera preferir"),
      (.use, "usa use usar uses usen usando utiliza utilice utilizar utilices emplea emplee"), (.quantifier, "todo toda todos todas cada"),
      (.pronoun, "esto eso ello lo estos estas esos esas este esta así"), (.because, "porque pues"), (.exception, "salvo excepto solo sólo"),
      (.condition, "si cuando mientras en para con durante al dentro a antes después sin"), (.preposition, "desde hacia sobre entre hasta"),
      (.joiner, "y o pero ni e"),
    ])

  static let portuguese = ModalWords(
    "pt", beginsWithNot: true, common: "o os não uma em com sempre deve devem nunca da do um ou evite",
    [
      (.filler, "o a os as um uma uns umas de do da dos das por favor"), (.duty, "deve devem deverá deverão deveria"), (.always, "sempre"),
      (.never, "nunca jamais"), (.not, "não"), (.be, "é são está estão ser estar seja"),
      (.required, "obrigatório obrigatória obrigatórios obrigatórias"), (.forbidden, "proibido proibida proibidos proibidas"),
      (.allowed, "permitido permitida permitidos permitidas"), (.optional, "opcional opcionais"), (.avoid, "evite evita evitar"),
      (.prefer, "prefira prefere preferir"), (.use, "use usa usar usem usando utilize utiliza utilizar"), (.quantifier, "todo toda todos todas cada"),
      (.pronoun, "isto isso ele ela eles elas este esta esse essa assim"), (.because, "porque pois"), (.exception, "salvo exceto apenas só"),
      (.condition, "se quando enquanto em para com durante no na nos nas ao dentro antes depois sem"), (.preposition, "desde sobre entre até"),
      (.joiner, "e ou mas nem"),
    ])

  static let indonesian = ModalWords(
    "id", beginsWithNot: false, common: "yang dan untuk dengan jangan selalu dari harus pada di gunakan ini tidak hindari wajib dilarang",
    [
      (.filler, "yang"), (.duty, "harus wajib sebaiknya"), (.always, "selalu"), (.never, "jangan"), (.not, "tidak"), (.allowed, "boleh"),
      (.optional, "opsional"), (.forbidden, "dilarang"), (.avoid, "hindari"), (.prefer, "utamakan"),
      (.use, "gunakan menggunakan digunakan pakai memakai dipakai"), (.filler, "pernah"), (.quantifier, "semua setiap tiap"),
      (.pronoun, "ini itu tersebut"), (.because, "karena sebab"), (.exception, "kecuali hanya"),
      (.condition, "jika ketika saat bila untuk dengan di pada dalam sebelum setelah tanpa"), (.preposition, "dari ke antara oleh"),
      (.joiner, "dan atau tetapi"),
    ])
}
