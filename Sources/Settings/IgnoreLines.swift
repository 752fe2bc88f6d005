import ContextModel

/// The lines of an ignore file that mean something.
struct IgnoreLines {
  /// In order, without comments and empty lines.
  let lines: [String]

  init(lines: [String]) { self.lines = lines }

  init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let first = line.first, first != UInt8(ascii: "#"), !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
      return String(decoding: line, as: UTF8.self)
    }
  }

  /// What may not be read, in place of an ignore file; and each line for which that cannot be said, with the reason.
  func refusals() -> (said: [(line: String, permission: Permission)], unsaid: [(line: String, reason: String)]) {
    var out: [(line: String, permission: Permission)] = []
    var unsaid: [(line: String, reason: String)] = []
    for line in lines {
      let isNegated = line.hasPrefix("!")
      guard let path = Self.path(of: isNegated ? String(line.dropFirst()) : line) else {
        unsaid.append((line, "no permission can be made of this pattern"))
        if isNegated {
          unsaid += out.map { ($0.line, "`\(line)` takes some of it back") }
          out = []
        }
        continue
      }
      let permission = Permission(.deny, .read, path)
      guard isNegated else {
        out.append((line, permission))
        continue
      }
      unsaid += out.filter { Self.takesBack(permission, $0.permission) }.map { ($0.line, "`\(line)` takes some of it back") }
      out.removeAll { Self.takesBack(permission, $0.permission) }
    }
    return (out, unsaid)
  }

  /// Whether a line may take back what another one ignores by itself; what lies in a folder that is ignored stays so.
  private static func takesBack(_ negated: Permission, _ ignored: Permission) -> Bool {
    func last(_ permission: Permission) -> String {
      permission.parts.count > 1 && permission.parts.last == "**" ? permission.parts[permission.parts.count - 2] : permission.parts.last ?? ""
    }
    let names = [last(negated), last(ignored)]
    let starts = names.map { name in String(name.prefix { $0 != "*" && $0 != "?" }) }
    let isOpen = zip(names, starts).map { $0 != $1 }
    // Two names are one, or one goes on where the other has a star.
    let mayMeet =
      !isOpen[0] && !isOpen[1]
      ? names[0] == names[1]
      : (isOpen[0] && starts[1].hasPrefix(starts[0])) || (isOpen[1] && starts[0].hasPrefix(starts[1]))
    return mayMeet && negated.mayOverlap(ignored)
  }

  /// The line that says this pattern, if one does.
  static func line(for pattern: String) -> String? {
    let isFolder = pattern.hasSuffix("/**")
    let base = (isFolder ? String(pattern.dropLast(3)) : pattern)
    let end = isFolder ? "/" : ""
    var candidates = [base + end, "/" + base + end]
    if base.hasPrefix("**/") { candidates.insert(String(base.dropFirst(3)) + end, at: 0) }
    return candidates.first { path(of: $0) == pattern }
  }

  /// The pattern from the root on; nil for what only an ignore file can say.
  private static func path(of line: String) -> String? {
    var text = line
    while text.last == " " { text.removeLast() }
    guard !text.contains(where: { "\\[]{}".contains($0) }) else { return nil }
    let isFolder = text.hasSuffix("/")
    if isFolder { text.removeLast() }
    let isAnchored = text.contains("/")
    if text.hasPrefix("/") { text.removeFirst() }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !parts.contains(""), !parts.contains("."), !parts.contains("..") else { return nil }
    let plain = parts.map { part in
      var part = part
      while part != "**", part.contains("**") { part = part.replacing("**", with: "*") }
      return part
    }
    return (isAnchored ? "" : "**/") + plain.joined(separator: "/") + (isFolder ? "/**" : "")
  }
}
