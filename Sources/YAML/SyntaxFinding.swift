internal import Diagnostics

/// Says in plain words what libyaml could not read, where, and how to write it.
struct SyntaxFinding {
  private let failure: EventStream.Failure
  private let source: SourceText

  init(_ failure: EventStream.Failure, in source: SourceText) {
    self.failure = failure
    self.source = source
  }

  var diagnostic: Diagnostic {
    if failure.isReader { return unreadableByte }
    if isTabIndentation {
      return finding("a tab is used as indentation", at: failure.offset, help: "indent with spaces")
    }
    if let line = ValueLine(at: failure.offset, in: source.bytes), let fault = line.fault, let (message, range) = words(fault, line) {
      return Diagnostic(.error, "yaml/syntax", message, at: source.place(range), help: fault == .unclosed ? unclosedHelp(line) : line.help)
    }
    return flowFinding ?? plain
  }

  /// What goes wrong between brackets: a `!` before a word, or no closing bracket in the line that opened it.
  private var flowFinding: Diagnostic? {
    if failure.context.hasSuffix("a tag") {
      let help = ValueLine.help(at: failure.contextOffset, in: source.bytes)
      return finding("a value that begins with `!` is a tag, and tags are not allowed", at: failure.contextOffset, help: help)
    }
    guard failure.context.contains("flow") else { return nil }
    let before = source.bytes[..<min(failure.offset, source.bytes.count)]
    guard let open = before.lastIndex(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }) else { return nil }
    guard let line = ValueLine(at: open, in: source.bytes), line.fault == .unclosed, let (message, range) = words(.unclosed, line) else { return nil }
    return finding(message, at: range.lowerBound, help: unclosedHelp(line))
  }

  /// NUL, other control characters, and what is not UTF-8.
  private var unreadableByte: Diagnostic {
    guard failure.problem.hasPrefix("control") else { return finding("not valid UTF-8", at: failure.offset, help: "save the file as UTF-8") }
    let value = failure.offset < source.bytes.count ? source.bytes[failure.offset] : 0
    let code = String(value, radix: 16, uppercase: true)
    return finding("a control character (0x\(code)) is not allowed", at: failure.offset, help: "remove it")
  }

  private var isTabIndentation: Bool {
    let before = source.bytes[..<min(failure.offset, source.bytes.count)]
    let start = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let indentation = source.bytes[start...].prefix { $0 == 0x20 || $0 == 0x09 }
    return indentation.contains(0x09) && indentation.endIndex >= failure.offset
  }

  /// The sentence about a fault, and the bytes to underline.
  private func words(_ fault: ValueLine.Fault, _ line: ValueLine) -> (String, Range<Int>)? {
    let rest = failure.offset..<max(failure.offset + 1, line.value.upperBound)
    switch fault {
    case .textAfterCollection: return ("unexpected text after a closed \(opening(line) == "{" ? "mapping" : "list")", rest)
    case .textAfterQuotes: return ("unexpected text after the closing quote", rest)
    case .innerQuotes: return ("a double quote inside of double quotes ends the value", rest)
    case .colon:
      return failure.problem.hasPrefix("mapping values") ? ("an unquoted value must not contain `: `", failure.offset..<failure.offset + 1) : nil
    case .unclosed: return ("this \(opening(line) == "{" ? "mapping" : "list") is never closed, or lacks a comma", line.value)
    case .indicator:
      return ("an unquoted value must not begin with \(opening(line) == "`" ? "a backtick" : "`\(opening(line))`")", line.value)
    }
  }

  private func unclosedHelp(_ line: ValueLine) -> String {
    "close it with `\(opening(line) == "{" ? "}" : "]")`, or quote it if it is text"
  }

  private func opening(_ line: ValueLine) -> String {
    String(decoding: source.bytes[line.value.lowerBound..<line.value.lowerBound + 1], as: UTF8.self)
  }

  /// What remains, by what libyaml was about.
  private var plain: Diagnostic {
    let (problem, context) = (failure.problem, failure.context)
    switch problem {
    case "found unexpected end of stream", "found unexpected document indicator":
      return finding("these quotes are never closed", at: failure.contextOffset, help: "add the closing quote")
    case "did not find expected ',' or ']'":
      return finding("this list is never closed, or lacks a comma", at: failure.contextOffset, help: "close it with `]`, or quote it if it is text")
    case "did not find expected ',' or '}'":
      return finding(
        "this mapping is never closed, or lacks a comma", at: failure.contextOffset, help: "close it with `}`, or quote it if it is text")
    case "could not find expected ':'":
      return finding("a key without `:`", at: failure.contextOffset, help: "write `key: value`, and indent text that goes on from the line above")
    case "mapping values are not allowed in this context":
      let help = "write `key: value` with a blank after the colon, and begin the keys of one mapping in the same column"
      return finding("unexpected `:` in a text that began on the line above", at: failure.offset, help: help)
    case "did not find expected key":
      let help = "keys of one mapping begin in the same column; quote a value that is text"
      return finding("expected a key like the ones before", at: failure.offset, help: help)
    case "did not find expected '-' indicator":
      return finding("expected another `- ` like the ones before", at: failure.offset, help: "items of one list begin in the same column")
    case "found character that cannot start any token":
      return finding(
        "an unquoted value must not begin with this character", at: failure.offset, help: ValueLine.help(at: failure.offset, in: source.bytes))
    case "found unknown escape character":
      return finding(
        "a backslash with a character that it cannot escape", at: failure.offset, help: "use single quotes, in which a backslash is itself")
    default:
      let message = context.isEmpty ? "not valid YAML: \(problem)" : "not valid YAML: \(problem) \(context)"
      return finding(message, at: failure.offset, help: ValueLine.help(at: failure.offset, in: source.bytes))
    }
  }

  private func finding(_ message: String, at offset: Int, help: String?) -> Diagnostic {
    Diagnostic(.error, "yaml/syntax", message, at: source.place(at: offset), help: help)
  }
}
