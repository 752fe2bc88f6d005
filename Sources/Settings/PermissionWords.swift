import ContextModel
import Platforms
import SettingsFiles

/// What a platform can be told of a permission.
enum PermissionWords: Hashable {
  /// Rules that mean what is meant.
  case exactly([String])
  /// Rules that mean that and more; for what restricts.
  case more([String])
  /// Rules that mean a part of that; for what allows.
  case less([String])
  /// Nothing, and why.
  case none(String)

  /// The rules, exact or not.
  var texts: [String]? {
    switch self {
    case .exactly(let texts), .more(let texts), .less(let texts): texts
    case .none: nil
    }
  }

  /// The rules for one permission.
  ///
  /// What allows is never said with more than is meant, and what restricts never with less.
  init(_ permission: Permission, in dialect: PermissionDialect) {
    let restricts = permission.decision != .allow
    let words: PermissionWords
    switch permission.subject {
    case .read, .write: words = Self.path(permission, restricts, dialect)
    case .shell: words = Self.command(permission, restricts, dialect)
    case .network: words = Self.domain(permission, restricts, dialect)
    case .mcp: words = Self.tool(permission, restricts, dialect)
    }
    if case .more = words, !restricts { self = .none("it would allow more there") } else { self = words }
  }

  /// The rules of a form, or of the first of several that the dialect has.
  private static func filled(
    _ forms: [PermissionDialect.Form], _ dialect: PermissionDialect, isExact: Bool, _ values: [[(String, String)]], restricts: Bool
  )
    -> Self
  {
    func fill(_ templates: [String]) -> [String] {
      var out: [String] = []
      for values in values {
        for template in templates {
          let text = values.reduce(template) { $0.replacing("{\($1.0)}", with: $1.1) }
          if !out.contains(text) { out.append(text) }
        }
      }
      return out
    }
    for form in forms {
      if let templates = dialect.exact[form] { return isExact ? .exactly(fill(templates)) : .more(fill(templates)) }
    }
    if isExact, !restricts {
      for form in forms {
        if let templates = dialect.narrower[form] { return .less(fill(templates)) }
      }
    }
    for form in forms {
      if let templates = dialect.wider[form] { return .more(fill(templates)) }
    }
    return .none("it has no words for this")
  }

  private static func path(_ permission: Permission, _ restricts: Bool, _ dialect: PermissionDialect) -> Self {
    let pattern = PathWords(permission.text, literals: dialect.literals[permission.subject] ?? [], in: dialect, restricts: restricts)
    let form: PermissionDialect.Form = permission.subject == .read ? .read : .write
    return filled([form], dialect, isExact: pattern.isExact, pattern.patterns.map { [("path", $0)] }, restricts: restricts)
  }

  private static func command(_ permission: Permission, _ restricts: Bool, _ dialect: PermissionDialect) -> Self {
    let words = permission.parts
    if words == ["*"] { return filled([.shellAny], dialect, isExact: true, [[]], restricts: restricts) }
    let isOpen = words.last == "*"
    let command = (isOpen ? words.dropLast() : words[...]).joined(separator: " ")
    if let letter = command.first(where: { dialect.literals[.shell]?.contains($0) ?? false }) {
      return .none("it reads `\(letter)` as something else")
    }
    let forms: [PermissionDialect.Form] = !isOpen ? [.shell] : words.count == 2 ? [.shellWord, .shellPrefix] : [.shellPrefix]
    let list = jsonText(of: .list((isOpen ? words.dropLast() : words[...]).map(FieldValue.text)))
    let value = [("command", command), ("words", String(decoding: list, as: UTF8.self)), ("regex", escapedRegex(command))]
    let found = filled(forms, dialect, isExact: true, [value], restricts: restricts)
    if case .none = found, dialect.exact[.shellWord] != nil || dialect.wider[.shellWord] != nil {
      return .none("it knows the first word of a command alone")
    }
    return found
  }

  private static func domain(_ permission: Permission, _ restricts: Bool, _ dialect: PermissionDialect) -> Self {
    if permission.text == "*" { return filled([.networkAny], dialect, isExact: true, [[]], restricts: restricts) }
    let isBelow = permission.text.hasPrefix("*.")
    let domain = isBelow ? String(permission.text.dropFirst(2)) : permission.text
    return filled([isBelow ? .networkBelow : .network], dialect, isExact: true, [[("domain", domain)]], restricts: restricts)
  }

  private static func tool(_ permission: Permission, _ restricts: Bool, _ dialect: PermissionDialect) -> Self {
    let names = permission.parts
    if let letter = permission.text.first(where: { dialect.literals[.mcp]?.contains($0) ?? false }) {
      return .none("it reads `\(letter)` as something else")
    }
    // Rules put the names side by side: where one could end elsewhere, another server could be meant.
    let isClear = names.allSatisfy { !$0.contains("__") && !$0.hasPrefix("_") && !$0.hasSuffix("_") }
    let forms: [PermissionDialect.Form] = names.count > 1 ? [.mcpTool] : [.mcpServer]
    return filled(forms, dialect, isExact: isClear, [[("server", names[0]), ("tool", names.count > 1 ? names[1] : "")]], restricts: restricts)
  }
}

/// The text as a regular expression that matches it alone.
private func escapedRegex(_ text: String) -> String {
  String(text.flatMap { "\\^$.|?*+()[]{}/-".contains($0) ? ["\\", $0] : [$0] })
}

/// A path with its patterns, in the words of a dialect.
struct PathWords: Hashable {
  private(set) var patterns: [String]
  private(set) var isExact = true

  init(_ text: String, literals: Set<Character>, in dialect: PermissionDialect, restricts: Bool) {
    var text = text
    if text.contains(where: literals.contains) {
      // Another character in its place means more, never less.
      let other: Character = literals.contains("?") ? "*" : "?"
      text = String(text.map { literals.contains($0) ? other : $0 })
      isExact = false
    }
    if dialect.looseNames, !text.contains("/"), text != "**" { isExact = false }
    switch dialect.paths {
    case .gitignore: patterns = [text]
    case .glob:
      let isFolder = text.hasSuffix("/**")
      patterns = text == "**" ? ["**"] : isFolder ? [text + "/*"] : [text, text + "/**"]
    case .wildcard:
      patterns = []
      takeWildcard(text, dialect, restricts)
    }
  }

  /// `*` and `?` are slashes as well, so that only a whole folder can be said exactly.
  private mutating func takeWildcard(_ text: String, _ dialect: PermissionDialect, _ restricts: Bool) {
    var base = text
    while base.hasPrefix("**/") { base = String(base.dropFirst(3)) }
    let isAnywhere = base != text
    guard base != "**", base != "*" else {
      patterns = ["*"]
      return
    }
    let isFolder = base.hasSuffix("/**") || base.hasSuffix("/*")
    if isFolder { base = String(base[..<(base.lastIndex(of: "/") ?? base.endIndex)]) }
    while base.hasSuffix("/**") { base = String(base.dropLast(3)) }
    // Elsewhere means in any folder, which a star of this kind would leave before its slash.
    if isAnywhere || base.contains("*") || base.contains("?") { isExact = false }
    base = base.replacing("/**/", with: "*")
    // A star beside another one says nothing, and no line could be told from it.
    while base.contains("**") { base = base.replacing("**", with: "*") }
    let own = isFolder ? [base + "/*"] : [base, base + "/*"]
    patterns = own
    guard restricts, isAnywhere || dialect.absolutePaths else { return }
    patterns += own.map { "*/" + $0 }
    isExact = false
  }
}
