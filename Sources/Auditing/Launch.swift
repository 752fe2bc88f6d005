/// One command line of a settings file, taken apart, and what is wrong with how it starts.
struct Launch {
  /// A word and where it stands.
  struct Word {
    var text: String
    var range: Range<Int>
  }

  /// What is wrong with one of its words.
  struct Fault {
    enum What {
      case unpinned(String)
      case writable
      case dependency
      case cleartext(String)
    }

    var what: What
    var range: Range<Int>
  }

  private let words: [Word]

  init(_ words: [Word]) { self.words = words }

  /// The command lines in a text for a shell, each with the place of the whole.
  static func lines(of text: String, at range: Range<Int>) -> [Launch] {
    text.split(whereSeparator: { ";&|\n()".contains($0) }).map { line in
      Launch(line.split(whereSeparator: \.isWhitespace).map { Word(text: String($0.filter { !"\"'`".contains($0) }), range: range) })
    }
  }

  /// Deeper ones are no command lines of people.
  private static let mostDepth = 4

  func faults(_ depth: Int = 0) -> [Fault] {
    var rest = words[...]
    // What only sets the scene.
    while let first = rest.first?.text,
      ["sudo", "env", "nohup", "exec", "command", "time"].contains(first) || first.contains("=") && !first.contains("/")
    { rest = rest.dropFirst() }
    guard let first = rest.first, depth < Self.mostDepth else { return [] }
    let program = Self.name(first.text)
    if let inner = innerLine(program, rest) {
      return Self.lines(of: inner.text, at: inner.range).flatMap { $0.faults(depth + 1) }
    }
    if program == "cmd", rest.dropFirst().first?.text.lowercased() == "/c" { return Launch(Array(rest.dropFirst(2))).faults(depth + 1) }
    return placed(program, rest) + fetched(rest) + addressed(rest)
  }

  /// What a shell is given to run.
  private func innerLine(_ program: String, _ rest: ArraySlice<Word>) -> Word? {
    guard ["sh", "bash", "zsh", "dash", "powershell", "pwsh"].contains(program) else { return nil }
    guard let flag = rest.firstIndex(where: { $0.text.hasPrefix("-") && $0.text.lowercased().hasSuffix("c") || $0.text.lowercased() == "-command" })
    else { return nil }
    return rest[(flag + 1)...].first
  }

  private static func name(_ path: String) -> String {
    let last = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map { $0.lowercased() } ?? ""
    for end in [".exe", ".cmd", ".bat"] where last.hasSuffix(end) { return String(last.dropLast(end.count)) }
    return last
  }

  // MARK: From where

  /// The program itself, and the file that an interpreter is given.
  private func placed(_ program: String, _ rest: ArraySlice<Word>) -> [Fault] {
    var candidates = rest.prefix(1)
    if Launchers.interpreters.contains(program), let file = rest.dropFirst().first(where: { !$0.text.hasPrefix("-") && $0.text != "run" }) {
      candidates.append(file)
    }
    return candidates.compactMap { word in
      let lower = word.text.lowercased()
      if Launchers.writable.contains(where: lower.hasPrefix) { return Fault(what: .writable, range: word.range) }
      let parts = lower.split(separator: "/")
      // One of an absolute path is installed for the machine.
      if parts.contains("node_modules"), !lower.hasPrefix("/"), !lower.hasPrefix("~") { return Fault(what: .dependency, range: word.range) }
      return nil
    }
  }

  // MARK: By name

  private func fetched(_ rest: ArraySlice<Word>) -> [Fault] {
    for runner in Launchers.runners {
      guard rest.count > runner.words.count, Self.name(rest.first?.text ?? "") == runner.words[0] else { continue }
      guard rest.dropFirst().map(\.text).starts(with: runner.words.dropFirst()) else { continue }
      return package(of: runner, rest.dropFirst(runner.words.count)).flatMap { word in
        Self.isPinned(word.text, runner.registry) ? nil : [Fault(what: .unpinned(word.text), range: word.range)]
      } ?? []
    }
    return []
  }

  private func package(of runner: Launchers.Runner, _ words: ArraySlice<Word>) -> Word? {
    var index = words.startIndex
    while index < words.endIndex {
      let text = words[index].text
      if runner.naming.contains(text) { return words[(index + 1)...].first }
      if let name = runner.naming.first(where: { text.hasPrefix($0 + "=") }) {
        return Word(text: String(text.dropFirst(name.count + 1)), range: words[index].range)
      }
      if runner.valued.contains(text) {
        index += 2
      } else if text.hasPrefix("-") {
        index += 1
      } else {
        return words[index]
      }
    }
    return nil
  }

  static func isPinned(_ spec: String, _ registry: Launchers.Registry) -> Bool {
    // A path, or a variable that says it.
    if spec.hasPrefix("./") || spec.hasPrefix("/") || spec.hasPrefix("../") || spec.hasPrefix("~") || spec.contains("${") || spec.hasPrefix("$") {
      return true
    }
    if spec.contains("://") || spec.hasPrefix("git+") || spec.hasPrefix("github:") || spec.hasPrefix("git@") {
      guard registry != .scripts else { return hasVersion(spec[...]) }
      let commit = spec.split(whereSeparator: { $0 == "@" || $0 == "#" }).last ?? ""
      return commit.count == 40 && commit.allSatisfy(\.isHexDigit)
    }
    switch registry {
    case .npm:
      guard let at = spec.lastIndex(of: "@"), at != spec.startIndex else { return false }
      return isExact(spec[spec.index(after: at)...])
    case .python:
      if let version = spec.split(separator: "=", omittingEmptySubsequences: false).dropFirst().last, spec.contains("==") {
        return isExact(version, least: 2)
      }
      guard let at = spec.lastIndex(of: "@") else { return false }
      return isExact(spec[spec.index(after: at)...], least: 2)
    case .images:
      if spec.contains("@sha256:") { return true }
      guard let colon = spec.lastIndex(of: ":"), !spec[colon...].contains("/") else { return false }
      return spec[colon...].contains(where: \.isNumber)
    case .scripts: return !spec.hasPrefix("npm:") && !spec.hasPrefix("jsr:") || hasVersion(spec[...])
    }
  }

  private static func hasVersion(_ spec: Substring) -> Bool {
    guard let at = spec.lastIndex(of: "@") else { return false }
    return isExact(spec[spec.index(after: at)...].prefix { $0 != "/" })
  }

  /// Whether it is one version and no range of them.
  private static func isExact(_ version: some StringProtocol, least: Int = 3) -> Bool {
    let release = version.prefix { $0 != "-" && $0 != "+" }
    let numbers = release.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count >= least
      && numbers.allSatisfy { part in !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLetter) } && part.first?.isNumber == true
      }
  }

  // MARK: To where

  private func addressed(_ rest: ArraySlice<Word>) -> [Fault] {
    rest.dropFirst().compactMap { word in
      let text = word.text.hasPrefix("--") ? String(word.text.split(separator: "=", maxSplits: 1).last ?? "") : word.text
      return cleartextHost(text).map { Fault(what: .cleartext($0), range: word.range) }
    }
  }
}

/// The host of an address that is spoken to in the clear, and is not this machine; nil for any other text.
func cleartextHost(_ address: String) -> String? {
  let lower = address.lowercased()
  guard lower.hasPrefix("http://") || lower.hasPrefix("ws://") else { return nil }
  let authority = lower.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
  let host = String(authority.split(separator: "@").last ?? "")
  let name = host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : String(host.prefix { $0 != ":" })
  guard !name.isEmpty, !name.contains("$"), !name.contains("{"), !name.contains("<") else { return nil }
  let isHere =
    name == "localhost" || name.hasSuffix(".localhost") || name == "::1" || name == "host.docker.internal" || name.hasSuffix(".local")
    || name.hasSuffix(".internal") || isPrivateAddress(name) || !name.contains(".") && !name.contains(":")
  return isHere ? nil : name
}

/// Whether it is an address in numbers that no other network leads to; a name that only begins like one is not.
private func isPrivateAddress(_ name: String) -> Bool {
  let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
  guard parts.count == 4, let first = parts[0], let second = parts[1], parts[2] != nil, parts[3] != nil else { return false }
  return first == 127 || first == 10 || (first, second) == (192, 168) || first == 172 && (16...31).contains(second) || name == "0.0.0.0"
}
