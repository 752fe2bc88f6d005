/// A canonical tree in a git repository elsewhere.
package struct GitSource: Hashable, Sendable {
  /// What it is called here, and its folder among the copies.
  package var name: String
  /// Where the repository is.
  package var url: String
  /// A branch, tag or commit; nil is what the repository itself takes for its newest.
  package var rev: String?
  /// The folder of the canonical tree in the repository; nil is its root.
  package var path: String?

  package init(name: String, url: String, rev: String? = nil, path: String? = nil) {
    (self.name, self.url, self.rev, self.path) = (name, url, rev, path)
  }

  /// The name of a source that is given none: the last part of its address.
  package static func name(of url: String) -> String? {
    let last = url.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map { String($0).lowercased() } ?? ""
    let stem = last.hasSuffix(".git") ? String(last.dropLast(4)) : last
    return isName(stem) ? stem : nil
  }

  /// Whether a text can be the name of a source, which is that of a folder as well.
  package static func isName(_ text: String) -> Bool {
    guard (1...64).contains(text.utf8.count), text.utf8.first.map(\.isOfName) ?? false, text.utf8.last.map(\.isOfName) ?? false else { return false }
    return text.utf8.allSatisfy { $0.isOfName || "-_.".utf8.contains($0) } && !text.contains("..")
  }

  /// Why an address is none that is fetched from, as the end of a sentence, and what to write instead; nil when it is one.
  package static func problem(withAddress url: String) -> (reason: String, help: String)? {
    let help = "write `https://HOST/PATH`, `ssh://HOST/PATH`, `git@HOST:PATH` or `file:///PATH`"
    guard (1...1024).contains(url.utf8.count), url.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
      return ("has a blank or another character that no address has", "write it in percent code, such as `%20` for a blank")
    }
    if url.hasPrefix("-") { return ("begins with `-`, as an option does", help) }
    if url.hasPrefix("file:///") { return nil }
    if url.hasPrefix("http://") || url.hasPrefix("git://") {
      return ("would be fetched from without knowing whose it is", "use `https://` or `ssh://`")
    }
    for scheme in ["https://", "ssh://"] where url.hasPrefix(scheme) { return problem(withRest: url.dropFirst(scheme.count), help) }
    // As scp writes it.
    if let at = url.firstIndex(of: "@"), let colon = url[at...].firstIndex(of: ":"), !url[..<colon].contains("/") {
      let (user, host, path) = (url[..<at], url[url.index(after: at)..<colon], url[url.index(after: colon)...])
      if isHost(host), !user.isEmpty, user.first != "-", user.utf8.allSatisfy({ $0.isOfHost }), let first = path.first, first != ":", first != "-" {
        return nil
      }
    }
    return ("is no address that aiwg fetches from", help)
  }

  private static func problem(withRest rest: Substring, _ help: String) -> (reason: String, help: String)? {
    let authority = rest.prefix { $0 != "/" }
    var host = authority
    if let at = authority.lastIndex(of: "@") {
      if authority[..<at].contains(":") {
        return ("has a password in it, which aiwg.lock would repeat", "take it out; git finds passwords with its own credential helpers")
      }
      guard at > authority.startIndex, authority.first != "-", authority[..<at].utf8.allSatisfy({ $0.isOfHost }) else {
        return ("is no address that aiwg fetches from", help)
      }
      host = authority[authority.index(after: at)...]
    }
    let parts = host.split(separator: ":", omittingEmptySubsequences: false)
    let isPort = parts.count == 1 || parts.count == 2 && !parts[1].isEmpty && parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard let name = parts.first, isHost(name), isPort, rest.count > authority.count + 1 else {
      return ("is no address that aiwg fetches from", help)
    }
    return nil
  }

  private static func isHost(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
    return text.utf8.allSatisfy(\.isOfHost)
  }

  /// Whether a text can be a branch, tag or commit, by the rules of git, and no option.
  package static func isRevision(_ text: String) -> Bool {
    guard (1...256).contains(text.utf8.count), let first = text.first, let last = text.last else { return false }
    guard !"-/.".contains(first), !"/.".contains(last), !text.hasSuffix(".lock") else { return false }
    guard ["..", "@{", "//", "/."].allSatisfy({ !text.contains($0) }) else { return false }
    return text.unicodeScalars.allSatisfy {
      !$0.properties.isWhitespace && $0.properties.generalCategory != .control && !"~^:?*[\\".unicodeScalars.contains($0)
    }
  }
}

extension UInt8 {
  fileprivate var isOfName: Bool { (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) }
  fileprivate var isOfHost: Bool { (0x61...0x7A).contains(self | 0x20) || (0x30...0x39).contains(self) || "-._".utf8.contains(self) }
}
