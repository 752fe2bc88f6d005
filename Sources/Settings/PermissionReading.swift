import ContextModel
import Platforms

/// Reads the rules of a settings file back into lines of a permissions file.
///
/// It guesses, and writes every guess again: only what comes to rules that are all there is taken.
struct PermissionReading {
  private let dialect: PermissionDialect

  init(_ dialect: PermissionDialect) {
    self.dialect = dialect
  }

  /// The fewest lines that come to all of these rules.
  ///
  /// - Parameter all: what is there, these and others.
  /// - Throws: `UnreadableSetting` for a rule that no line comes to.
  func permissions(said rules: [SaidRule], beside all: [SaidRule]) throws(UnreadableSetting) -> [Permission] {
    var out: [Permission] = []
    var left = rules
    while let rule = left.first {
      var best: (permission: Permission, texts: [String])?
      var wider: (permission: Permission, texts: [String])?
      for permission in candidates(rule) {
        guard let texts = PermissionWords(permission, in: dialect).texts, texts.contains(rule.text) else { continue }
        let isThere = texts.allSatisfy { text in all.contains { $0.text == text && $0.decision == rule.decision && $0.subject == rule.subject } }
        if !isThere { wider = wider ?? (permission, texts) } else if texts.count > best?.texts.count ?? 0 { best = (permission, texts) }
      }
      guard let best else {
        guard let wider else { throw UnreadableSetting("no line of a permissions file says `\(rule.text)`") }
        let texts = wider.texts.map { "`\($0)`" }.joined(separator: " and ")
        throw UnreadableSetting("`\(rule.text)` stands alone, and `\(wider.permission)` would be said as \(texts)")
      }
      out.append(best.permission)
      left.removeAll { $0.decision == rule.decision && $0.subject == rule.subject && best.texts.contains($0.text) }
    }
    return out
  }

  /// The rule as it is written, for one that the platform takes for the same.
  func plain(_ text: String) -> String {
    for form in PermissionDialect.Form.allCases {
      guard let exact = dialect.exact[form]?.first else { continue }
      for values in (dialect.same[form] ?? []).flatMap({ matches(of: $0, in: text) }) {
        return values.reduce(exact) { $0.replacing("{\($1.key)}", with: $1.value) }
      }
    }
    return text
  }

  /// Lines that may come to a rule, the likeliest first.
  private func candidates(_ rule: SaidRule) -> [Permission] {
    var out: [Permission] = []
    for templates in [dialect.exact, dialect.wider] {
      for form in PermissionDialect.Form.allCases {
        guard rule.subject == nil || rule.subject == form.subject else { continue }
        for template in templates[form] ?? [] {
          for values in matches(of: template, in: rule.text) {
            for text in texts(form, values) {
              let permission = Permission(rule.decision, form.subject, text)
              if isMeaningful(permission), !out.contains(permission) { out.append(permission) }
            }
          }
        }
      }
    }
    return out
  }

  /// The texts of lines that a form with these values may be of.
  private func texts(_ form: PermissionDialect.Form, _ values: [String: String]) -> [String] {
    let command = values["command"] ?? values["regex"].flatMap(unescaped)
    switch form {
    case .read, .write: return values["path"].map(paths) ?? []
    case .shell: return command.map { [$0] } ?? []
    case .shellPrefix, .shellWord: return command.map { [$0 + " *"] } ?? []
    case .shellAny, .networkAny: return ["*"]
    case .network: return values["domain"].map { [$0] } ?? []
    case .networkBelow: return values["domain"].map { ["*." + $0] } ?? []
    case .mcpServer: return values["server"].map { [$0] } ?? []
    case .mcpTool:
      guard let server = values["server"], let tool = values["tool"] else { return [] }
      return [server + "/" + tool]
    }
  }

  /// What a pattern may have been before it was said in the dialect's way.
  private func paths(_ pattern: String) -> [String] {
    var bases = [pattern]
    for end in ["/**/*", "/**", "/*"] where pattern.hasSuffix(end) { bases.append(String(pattern.dropLast(end.count))) }
    bases += bases.flatMap { [$0 + "/**", $0 + "/*"] }
    let inner = bases.filter { $0.hasPrefix("*/") }.map { String($0.dropFirst(2)) }
    return bases + (inner + bases).flatMap { [$0, "**/" + $0] } + (pattern == "*" ? ["**"] : [])
  }

  /// Whether a canonical file may say it at all, as far as a guess can tell.
  private func isMeaningful(_ permission: Permission) -> Bool {
    let parts = permission.text.split(separator: permission.subject == .shell ? " " : "/", omittingEmptySubsequences: false)
    guard !parts.isEmpty, !parts.contains("") else { return false }
    switch permission.subject {
    case .read, .write: return parts.allSatisfy { $0 == "**" || !$0.contains("**") }
    case .shell: return parts.dropLast().allSatisfy { !$0.contains("*") } && (parts.last == "*" || parts.last?.contains("*") == false)
    case .network: return !permission.text.dropFirst().contains("*")
    case .mcp: return !permission.text.contains("*")
    }
  }

  // MARK: Templates

  /// What the placeholders of a template stand for in a text; several ways where two stand side by side.
  private func matches(of template: String, in text: String) -> [[String: String]] {
    guard let open = template.firstIndex(of: "{"), let close = template[open...].firstIndex(of: "}"),
      let name = Optional(String(template[template.index(after: open)..<close]))
    else { return template == text ? [[:]] : [] }
    let before = template[..<open]
    guard text.hasPrefix(before) else { return [] }
    let rest = text.dropFirst(before.count)
    let behind = String(template[template.index(after: close)...])
    var out: [[String: String]] = []
    for end in rest.indices.dropFirst() + [rest.endIndex] {
      let value = String(rest[..<end])
      for others in matches(of: behind, in: String(rest[end...])) { out.append(others.merging([name: value]) { $1 }) }
    }
    return out
  }

  /// The text that a regular expression matches alone; nil for one that matches others.
  private func unescaped(_ expression: String) -> String? {
    var out = ""
    var isEscaped = false
    for letter in expression {
      let isSpecial = "\\^$.|?*+()[]{}/-".contains(letter)
      guard isEscaped == isSpecial || (letter == "\\" && !isEscaped) else { return nil }
      if letter == "\\", !isEscaped {
        isEscaped = true
      } else {
        out.append(letter)
        isEscaped = false
      }
    }
    return isEscaped ? nil : out
  }
}

extension PermissionDialect.Form {
  /// What it is about.
  fileprivate var subject: Permission.Subject {
    switch self {
    case .read: .read
    case .write: .write
    case .shell, .shellPrefix, .shellWord, .shellAny: .shell
    case .network, .networkBelow, .networkAny: .network
    case .mcpServer, .mcpTool: .mcp
    }
  }
}
