internal import ContextModel
internal import Diagnostics
internal import YAML

extension HeadReader {
  /// Reads the lines of a permissions file; what is not understood is an error, as nobody would know what it restricts.
  mutating func readPermissions(_ pairs: [YAMLPair]) -> Head {
    var head = Head()
    let decisions = Permission.Decision.allCases.map(\.rawValue)
    for pair in pairs where pair.keyText != "description" {
      guard decisions.contains(pair.keyText) else {
        let guess = nearest(to: pair.keyText, among: decisions).map { "did you mean `\($0)`?" }
        report(
          "unknown-permission", "`\(pair.keyText)` says nothing here", at: pair.key.range,
          help: guess ?? "known here: description, allow, ask, deny; they hold on every platform")
        continue
      }
      guard let items = pair.value.list else {
        report(
          "wrong-type", "expected a list, not \(pair.value.kindInWords)", at: pair.value.range,
          help: "write\n\(pair.keyText):\n  - shell: git status")
        continue
      }
      for item in items { checkPermission(item) }
      var field = Field(pair.keyText, FieldValue(pair.value), range: pair.range)
      field.itemPlaces = items.map { text.place($0.range) }
      head.fields.append(field)
    }
    return head
  }

  private mutating func checkPermission(_ item: YAMLNode) {
    let subjects = Permission.Subject.allCases.map(\.rawValue)
    guard let pairs = item.pairs, pairs.count == 1, let pair = pairs.first else {
      let what = item.pairs.map { "\($0.count) keys" } ?? item.kindInWords
      report(
        "wrong-type", "expected one key with a value, not \(what)", at: item.range,
        help: item.text.map { "write `shell: \($0)`, or another of \(subjects.joined(separator: ", "))" } ?? "write each on a line of its own")
      return
    }
    guard let subject = Permission.Subject(rawValue: pair.keyText) else {
      let guess = nearest(to: pair.keyText, among: subjects).map { "did you mean `\($0)`?" }
      report(
        "unknown-permission", "`\(pair.keyText)` is nothing that can be permitted", at: pair.key.range,
        help: guess ?? "one of \(subjects.joined(separator: ", "))")
      return
    }
    guard let text = pair.value.text, !pair.value.isNull else {
      report("wrong-type", "expected a text, not \(pair.value.kindInWords)", at: pair.value.range, help: "write one line for each")
      return
    }
    guard let problem = PermissionProblem(text, of: subject) else { return }
    report("permission", "`\(text)` \(problem.what)", at: pair.value.range, help: problem.help)
  }
}

/// Why a text of a permission cannot be meant.
private struct PermissionProblem {
  var what: String
  var help: String

  /// Nil when all is well.
  init?(_ text: String, of subject: Permission.Subject) {
    let found =
      switch subject {
      case .read, .write: Self.inPath(text)
      case .shell: Self.inCommand(text)
      case .network: Self.inDomain(text)
      case .mcp: Self.inTool(text)
      }
    guard let (what, help) = found else { return nil }
    (self.what, self.help) = (what, help)
  }

  private static func inPath(_ text: String) -> (String, String)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if text.hasPrefix("/") || text.hasPrefix("~") { return ("leads out of the repository", "write the way from its root, such as `src/**`") }
    if text.contains("\\") { return ("has a backslash", "write `/` between the parts, and `?` for a character that is no letter of a pattern") }
    if let letter = text.first(where: { "[]{}!".contains($0) }) {
      return ("has `\(letter)`, which platforms read in different ways", "write one line for each that is meant, or `?` for the character")
    }
    if text.isEmpty || parts.contains("") { return ("has an empty part", "take out the slash that is too many; a folder is meant with all below it") }
    if parts.contains(".") || parts.contains("..") { return ("has a part that leads nowhere", "write the way from the root of the repository") }
    if parts.contains(where: { $0.contains("**") && $0 != "**" }) {
      return ("has `**` beside other letters", "write `**` alone between slashes, or `*`")
    }
    if parts.contains(where: { $0.hasPrefix(" ") || $0.hasSuffix(" ") }) { return ("has a blank at the edge of a part", "take it out") }
    return control(text)
  }

  private static func inCommand(_ text: String) -> (String, String)? {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    if let letter = text.first(where: { ";|&<>()$`\"'\\\n\t{}[]!#".contains($0) }) {
      return ("has `\(letter == "\n" ? "\\n" : String(letter))`, which a shell reads", "name a program and its first words, such as `git push *`")
    }
    if words.contains("") { return ("has a blank too many", "write one blank between words, and none around them") }
    if words.dropLast().contains(where: { $0.contains("*") }) || (words.last.map { $0 != "*" && $0.contains("*") } ?? false) {
      return ("has `*` inside", "write `*` as the last word alone: it stands for all that follows")
    }
    return control(text)
  }

  private static func inDomain(_ text: String) -> (String, String)? {
    if text == "*" { return nil }
    let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    let isName = labels.allSatisfy { label in
      !label.isEmpty && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
    return isName ? nil : ("is no domain", "write it in lower case like `example.com`, `*.example.com` or `*`")
  }

  private static func inTool(_ text: String) -> (String, String)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isName =
      parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
      }
    return isName ? nil : ("is no server and no tool of one", "write it like `issues`, or `issues/create`")
  }

  private static func control(_ text: String) -> (String, String)? {
    guard let found = text.unicodeScalars.first(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) else { return nil }
    return ("has the control character \(codePoint(found.value))", "remove it")
  }
}
