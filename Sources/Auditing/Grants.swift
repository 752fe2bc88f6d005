import Diagnostics
import FileTree
import Patterns

/// Finds what settings start by themselves, from where, and what they let a model do.
struct Grants: Sendable {
  /// Words without which the head of a Markdown file is about nothing of that.
  private let words = TextFinder(["allow", "command", "hook", "mcp", "permission", "approv", "tools", "server", "name"].map { Array($0.utf8) })

  func search(_ file: AuditedFile, _ out: inout FindingList) {
    if file.form == .prose {
      guard let head = headRange(of: file.bytes), mayMatter(file.bytes, head), let root = SettingNode(headOf: file, head) else { return }
      var walk = SettingsWalk(file, isHead: true)
      walk.visit(root, [])
      for finding in walk.findings { out.add(finding) }
    } else if let root = SettingNode(file) {
      var walk = SettingsWalk(file, isHead: false)
      walk.visit(root, [])
      // What is refused is named in the list of what is refused.
      out.remove { finding in finding.kind.isAboutActs && walk.refused.contains { $0.contains(finding.range.lowerBound) } }
      for finding in walk.findings { out.add(finding) }
    }
  }

  private func headRange(of bytes: [UInt8]) -> Range<Int>? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes[start...].starts(with: "---\n".utf8) || bytes[start...].starts(with: "---\r\n".utf8) else { return nil }
    var index = start + 3
    let limit = min(bytes.count, 64 << 10)
    while index + 3 < limit {
      if bytes[index] == UInt8(ascii: "\n"), bytes[index + 1] == UInt8(ascii: "-"), bytes[index + 2] == UInt8(ascii: "-"),
        bytes[index + 3] == UInt8(ascii: "-")
      {
        return start + 4..<index + 1
      }
      index += 1
    }
    return nil
  }

  private func mayMatter(_ bytes: [UInt8], _ head: Range<Int>) -> Bool {
    var found = false
    bytes.withUnsafeBufferPointer { words.forEach(in: UnsafeBufferPointer(rebasing: $0[head])) { _, _ in found = true } }
    return found
  }
}

extension AuditKind {
  /// Whether it is about something that is done, which a list of what must not be done may name.
  fileprivate var isAboutActs: Bool {
    switch self {
    case .fetchAndRun, .decodeAndRun, .reverseShell, .destroy, .exfiltrate, .disableSafety, .dropSite, .override, .conceal: true
    default: false
    }
  }
}

/// One walk through the values of a settings file.
struct SettingsWalk {
  private let file: AuditedFile
  private let isHead: Bool
  private(set) var findings: [Finding] = []
  /// Lists of what must not be done.
  private(set) var refused: [Range<Int>] = []

  init(_ file: AuditedFile, isHead: Bool) { (self.file, self.isHead) = (file, isHead) }

  private mutating func add(_ kind: AuditKind, _ severity: Diagnostic.Severity, _ range: Range<Int>, _ message: String, help: String) {
    // In what others wrote, nobody here weighed it.
    let isForeign = file.origin == .foreign && severity == .warning
    findings.append(Finding(kind: kind, severity: isForeign ? .error : severity, range: range, message: message, help: help))
  }

  /// - Parameter path: keys from the root on, in lower case.
  mutating func visit(_ node: SettingNode, _ path: [String]) {
    switch node.content {
    case .map(let pairs):
      launches(node, path)
      for pair in pairs { visit(pair, path) }
    case .list(let items): for item in items { visit(item, path) }
    case .text(let text): escapes(text, node.range)
    case .bool, .other: return
    }
  }

  private mutating func visit(_ pair: SettingNode.Pair, _ path: [String]) {
    let key = pair.key.lowercased()
    if OpenGrants.refusals.contains(key) { refused.append(pair.value.range) }
    flag(pair, key, path)
    list(pair, key, path)
    variable(pair, key, path)
    address(pair, key, path)
    schema(pair, key, path)
    name(pair, key, path)
    visit(pair.value, path + [key])
  }

  private func isInServers(_ path: [String]) -> Bool {
    path.contains { $0.contains("server") || $0.hasPrefix("mcp") } || file.path.text.contains("mcp")
  }

  // MARK: What may be done

  private mutating func flag(_ pair: SettingNode.Pair, _ key: String, _ path: [String]) {
    let written: String
    switch pair.value.content {
    case .bool(let flag): written = flag ? "true" : "false"
    case .text(let text): written = text
    default: return
    }
    let value = written.lowercased()
    let last = key.split(separator: ".").last.map(String.init) ?? key
    let isFlag = OpenGrants.flags.contains { ($0.key == key || $0.key == last) && $0.values.contains(value) }
    let isServers = !path.isEmpty && isInServers(path) && OpenGrants.serverFlags.contains { $0.key == key && $0.values.contains(value) }
    // In the head of one agent that is how its tools are named.
    let isShell = !isHead && OpenGrants.shells.contains(key)
    let isPermission = value == "allow" && (key == "permission" || path.contains("permission") && (key == "*" || isShell))
    guard isFlag || isServers || isPermission else { return }
    add(
      .allowAll, .error, pair.keyRange.lowerBound..<max(pair.keyRange.upperBound, pair.value.range.upperBound),
      isServers ? "every tool of this server runs without a question" : "this lets a model act without a question: `\(pair.key)` is `\(written)`",
      help: "take it out, and allow the few things that are needed by name")
  }

  private mutating func list(_ pair: SettingNode.Pair, _ key: String, _ path: [String]) {
    let last = key.split(separator: ".").last.map(String.init) ?? key
    guard OpenGrants.lists.contains(key) || OpenGrants.lists.contains(last), !path.contains(where: OpenGrants.refusals.contains) else { return }
    for (text, range) in pair.value.texts {
      for entry in Self.entries(text) {
        guard let all = OpenGrants.everything(in: entry, isHead: isHead) else { continue }
        add(
          .allowAll, isHead ? .warning : .error, range, "`\(entry)` allows \(all)",
          help: "name what is needed, such as `Bash(git status)`; ask for the rest")
        break
      }
    }
  }

  /// The parts of a text between commas or blanks outside of parentheses.
  private static func entries(_ text: String) -> [String] {
    var (parts, depth): ([String], Int) = ([""], 0)
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if (character == "," || character == " ") && depth <= 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.filter { !$0.isEmpty }
  }

  // MARK: What is started

  private mutating func launches(_ node: SettingNode, _ path: [String]) {
    for key in ["command", "cmd", "bash", "powershell", "run", "script", "exec", "args"] {
      guard let value = node[key] else { continue }
      if key == "args" {
        // Of a command beside it, which takes them along.
        if node["command"] != nil || node["cmd"] != nil { continue }
      }
      if let text = value.text {
        let args = key == "command" || key == "cmd" ? node["args"]?.texts ?? [] : []
        if args.isEmpty {
          report(Launch.lines(of: text, at: value.range))
        } else {
          let first = text.split(whereSeparator: \.isWhitespace).map { Launch.Word(text: String($0), range: value.range) }
          report([Launch(first + args.map { Launch.Word(text: $0.text, range: $0.range) })])
        }
      } else if value.list != nil, key != "args" {
        report([Launch(value.texts.map { Launch.Word(text: $0.text, range: $0.range) })])
      }
    }
    if let when = node["runon"], when.text?.lowercased() == "folderopen" {
      add(
        .runsOnOpen, .error, when.range, "this runs as soon as somebody opens the folder", help: "take it out; let people start it themselves")
    }
    if path.isEmpty, file.path.name.hasSuffix("devcontainer.json"),
      let pair = node.map?.first(where: { $0.key.lowercased() == "initializecommand" })
    {
      add(
        .runsOnOpen, .warning, pair.keyRange, "this runs on the machine itself, and not in the container, whenever somebody opens the folder in it",
        help: "put it into `postCreateCommand`, which runs inside")
    }
  }

  private mutating func report(_ launches: [Launch]) {
    for fault in launches.flatMap({ $0.faults() }) {
      switch fault.what {
      case .unpinned(let package):
        add(
          .unpinned, .warning, fault.range, "`\(package)` is fetched anew, whatever is there by then",
          help: "pin it to one version, a commit or a digest; read what that one does")
      case .writable:
        add(
          .writableProgram, .error, fault.range, "this program lies where any other program can put one",
          help: "keep it in the repository, or install it where only its owner can write")
      case .dependency:
        add(
          .writableProgram, .warning, fault.range, "this program is whatever an install puts there, and is not in the repository",
          help: "start a program of the repository, or a package that is pinned")
      case .cleartext(let host): cleartext(host, fault.range)
      }
    }
  }

  // MARK: Where it leads

  private mutating func cleartext(_ host: String, _ range: Range<Int>) {
    add(
      .cleartextServer, .error, range, "\(host) is spoken to over http: anybody on the way can put words into the model's mouth",
      help: "write `https://`")
  }

  private mutating func address(_ pair: SettingNode.Pair, _ key: String, _ path: [String]) {
    guard let text = pair.value.text else { return }
    if ["url", "serverurl", "httpurl", "uri", "endpoint", "sseurl", "baseurl", "base_url"].contains(key), isInServers(path) || path.contains("hooks"),
      let host = cleartextHost(text)
    {
      cleartext(host, pair.value.range)
    }
  }

  /// A schema that an editor fetches by itself.
  private mutating func schema(_ pair: SettingNode.Pair, _ key: String, _ path: [String]) {
    // There the address is the key, and files are the value.
    let isKey = path.last == "yaml.schemas"
    guard isKey || key == "$schema" || key == "json.schemas" || key == "url" && path.contains("json.schemas") else { return }
    let address = (isKey ? pair.key : pair.value.text ?? "").lowercased()
    guard address.hasPrefix("http://") || address.hasPrefix("https://"), address.contains("?") else { return }
    add(
      .remoteSchema, .warning, isKey ? pair.keyRange : pair.value.range,
      "an editor fetches this address by itself, with all that is put behind the `?`",
      help: "name a schema without a query, or one in the repository")
  }

  private mutating func variable(_ pair: SettingNode.Pair, _ key: String, _ path: [String]) {
    guard
      path.last == "env" || path.last == "environment" || path.last == "set" || path.last == "terminal.integrated.env.linux"
        || path.last == "terminal.integrated.env.osx"
    else { return }
    let value = pair.value.text ?? ""
    if Launchers.injecting.contains(key) || key == "node_options" && ["--require", "-r ", "--import", "--loader"].contains(where: value.contains) {
      add(
        .injectingEnvironment, .error, pair.keyRange.lowerBound..<max(pair.keyRange.upperBound, pair.value.range.upperBound),
        "`\(pair.key)` makes other programs run what it names", help: "take it out")
    }
    if let values = Launchers.unchecked[key], values.contains(value) || values.contains("0") && value.isEmpty && !isTextual(pair.value) {
      add(
        .injectingEnvironment, .error, pair.keyRange, "`\(pair.key)` has nobody check who answers",
        help: "take it out, and trust the certificate that is needed")
    }
    if let hosts = Launchers.redirecting[key], value.contains("://") {
      let authority = value.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
      let host = String((authority.split(separator: "@").last ?? "").prefix { $0 != ":" }).lowercased()
      let isHere = host == "localhost" || host.hasPrefix("127.") || host.contains("$")
      guard !isHere, !hosts.contains(where: { host == $0 || host.hasSuffix("." + $0) }) else { return }
      add(
        .redirectedModel, .error, pair.value.range, "what the model is asked, and the key that pays for it, go to \(host.escapedForDisplay)",
        help: "take it out; whoever needs another address sets it for themselves")
    }
  }

  private func isTextual(_ node: SettingNode) -> Bool { node.text != nil }

  // MARK: What is not what it looks like

  private mutating func name(_ pair: SettingNode.Pair, _ key: String, _ path: [String]) {
    if let last = path.last, last.hasSuffix("servers") || last == "mcp", let wrong = LookAlikes.wrong(withName: pair.key) {
      add(.lookAlikeName, .error, pair.keyRange, "the name \(wrong)", help: "write it in one script; look up who wrote it")
    } else if key == "name", path.isEmpty, let text = pair.value.text, let wrong = LookAlikes.wrong(withName: text), !text.contains(" ") {
      add(.lookAlikeName, .error, pair.value.range, "the name \(wrong)", help: "write it in one script; look up who wrote it")
    }
  }

  /// Hidden characters that are written as escapes: nobody reads those, and a program does.
  private mutating func escapes(_ text: String, _ range: Range<Int>) {
    let hidden: [UInt32] = text.unicodeScalars.map(\.value).filter { value in
      switch value.hiddenClass {
      case .tag, .directionControl: true
      case .invisible: value != 0x200D
      case .variationSelector, .directionMark, nil: false
      }
    }
    guard !hidden.isEmpty, file.bytes[range].contains(UInt8(ascii: "\\")) else { return }
    let tags = hidden.filter { $0.hiddenClass == .tag }
    // One that stands there as it is was found by its bytes.
    let raw = String(decoding: file.bytes[range], as: UTF8.self).unicodeScalars.count { $0.value.hiddenClass != nil }
    guard raw == 0 else { return }
    if !tags.isEmpty {
      add(
        .tagCharacters, .error, range, "escapes for text in tag characters: \(HiddenText.quoted(HiddenText.ofTags(tags)))",
        help: "delete them, and look up who wrote them")
    } else {
      let kind: AuditKind = hidden.contains { $0.hiddenClass == .directionControl } ? .bidi : .zeroWidth
      add(
        kind, .warning, range, "escapes for characters that nobody sees: " + Set(hidden).sorted().prefix(4).map(\.codePoint).joined(separator: ", "),
        help: "delete them")
    }
  }
}
