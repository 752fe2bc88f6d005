import ContextModel
import Diagnostics
import FileTree
import Verifying

/// What `verify` found, in the words of each format.
struct VerifyReport {
  let checks: [Verifying.Check]
  let verification: Verification
  let status: ExitStatus
  let repository: Repository

  func text(in format: OutputFormat, _ environment: Environment) -> String {
    switch format {
    case .text: lines(environment)
    case .json: json.text
    case .sarif: sarif.text
    case .github: verification.findings.map(annotation).joined()
    }
  }

  private func severity(of finding: Finding) -> String? { checks[finding.check].severity?.rawValue }

  // MARK: For people

  private func lines(_ environment: Environment) -> String {
    let renderer = TextRenderer(colored: environment.isColored)
    let findings = verification.findings.map { renderer.render(diagnostic(of: $0)) }.joined()
    guard environment.verbosity >= 0 else { return findings }
    let files = Set(verification.findings.map(\.path)).count
    let found = verification.findings.isEmpty ? "no findings" : "\(counted(verification.findings.count, "finding")) in \(counted(files, "file"))"
    let excepted = verification.excepted.isEmpty ? "" : ", \(counted(verification.excepted.count, "exception"))"
    return findings + "\(found)\(excepted): \(counted(verification.files, "file")) looked at with \(counted(checks.count, "check"))\n"
  }

  private func diagnostic(of finding: Finding) -> Diagnostic {
    let check = checks[finding.check]
    let place = SourcePlace(
      path: repository.shownAs + finding.path.text, line: finding.line, column: finding.column, excerpt: finding.text, width: finding.width)
    let severity = check.severity.map { "\($0.rawValue): " } ?? ""
    return Diagnostic(
      .warning, check.id, severity + check.message, at: place,
      help: "the rule is \(check.place.path); an exception is a comment `aiwg-allow: \(check.id) REASON`")
  }

  // MARK: For programs

  private var json: JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("verify")), ("exit", .number(Int(status.rawValue))), ("files", .number(verification.files)),
      ("checks", .number(checks.count)), ("findings", .list(verification.findings.map(json))),
      ("exceptions", .list(verification.excepted.map(json))),
    ])
  }

  private func json(_ finding: Finding) -> JSONValue {
    let check = checks[finding.check]
    var pairs: [(String, JSONValue)] = [
      ("rule", .text(check.rule.name)), ("check", .text(check.name)), ("severity", .optional(severity(of: finding))),
      ("path", .text(finding.path.text)), ("line", .number(finding.line)), ("column", .number(finding.column)), ("message", .text(check.message)),
      ("text", .text(finding.text)),
    ]
    if let exception = finding.exception { pairs.append(("exception", .text(exception))) }
    return .object(pairs)
  }

  /// SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/.
  private var sarif: JSONValue {
    let driver = JSONValue.object([
      ("name", .text("aiwg")), ("semanticVersion", .text(Release.version)), ("rules", .list(checks.map(descriptor))),
    ])
    let run = JSONValue.object([
      ("tool", .object([("driver", driver)])), ("columnKind", .text("unicodeCodePoints")),
      ("results", .list(verification.findings.map(result) + verification.excepted.map(result))),
    ])
    return .object([
      ("$schema", .text("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")), ("version", .text("2.1.0")),
      ("runs", .list([run])),
    ])
  }

  private func descriptor(of check: Verifying.Check) -> JSONValue {
    .object([
      ("id", .text(check.id)), ("shortDescription", .object([("text", .text(check.message))])),
      ("help", .object([("text", .text("The rule is \(check.place.path)."))])),
      ("defaultConfiguration", .object([("level", .text(level(of: check)))])),
    ])
  }

  private func level(of check: Verifying.Check) -> String {
    switch check.severity {
    case .critical: "error"
    case .high, .medium, nil: "warning"
    case .low: "note"
    }
  }

  private func result(of finding: Finding) -> JSONValue {
    let check = checks[finding.check]
    let (start, end) = scalars(of: finding)
    let region = JSONValue.object([
      ("startLine", .number(finding.line)), ("startColumn", .number(start)), ("endColumn", .number(end)),
      ("snippet", .object([("text", .text(finding.text))])),
    ])
    let location = JSONValue.object([
      ("physicalLocation", .object([("artifactLocation", .object([("uri", .text(finding.path.percentEncoded))])), ("region", region)]))
    ])
    var pairs: [(String, JSONValue)] = [
      ("ruleId", .text(check.id)), ("ruleIndex", .number(finding.check)), ("level", .text(level(of: check))),
      ("message", .object([("text", .text(check.message))])), ("locations", .list([location])),
    ]
    if let reason = finding.exception {
      pairs.append(("suppressions", .list([.object([("kind", .text("inSource")), ("justification", .text(reason))])])))
    }
    return .object(pairs)
  }

  /// Columns in scalars, from 1; what was found is in bytes.
  private func scalars(of finding: Finding) -> (start: Int, end: Int) {
    let bytes = Array(finding.text.utf8)
    let count = { (end: Int) in String(decoding: bytes.prefix(end), as: UTF8.self).unicodeScalars.count + 1 }
    return (count(finding.column - 1), count(finding.column - 1 + finding.width))
  }

  /// A workflow command, https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
  private func annotation(of finding: Finding) -> String {
    let check = checks[finding.check]
    let (start, end) = scalars(of: finding)
    let property = { (text: String) in
      text.commandEscaped.replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
    let level = level(of: check) == "note" ? "notice" : level(of: check)
    let place = "file=\(property(finding.path.text)),line=\(finding.line),col=\(start),endColumn=\(end)"
    return "::\(level) \(place),title=\(property(check.id))::\(check.message.commandEscaped)\n"
  }
}

extension String {
  fileprivate var commandEscaped: String {
    replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}

extension TreePath {
  /// As a relative reference of RFC 3986.
  fileprivate var percentEncoded: String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    return text.utf8.map { byte in
      guard !plain.contains(byte) else { return String(UnicodeScalar(byte)) }
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.count == 1 ? "0" : "") + hex
    }.joined()
  }
}
