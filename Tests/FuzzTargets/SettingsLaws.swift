import ContextModel
import Diagnostics
import FileTree
import SettingsFiles

extension FuzzTarget {
  /// A settings file: one byte of choices (syntax, what is put in), then its bytes.
  static let settings = FuzzTarget(
    name: "settings",
    seeds: {
      let texts = [
        "{\n  // c\n  \"servers\": {\"a\": {\"command\": \"b\", \"args\": [1, 2.5e3, null]}},\n  \"list\": [],\n}\n",
        "{\"list\": [\"a\" , {\"b\": true}] /* c */ , \"servers\": { } }", "{}", "\u{FEFF}{\r\n\t\"x\": \"\\u00e9\\n\"\r\n}\r\n",
        "x = 1 # c\n[servers.a]\ncommand = 'b'\n\n[other]\nlist = [\n  1, # d\n  2,\n]\n", "servers = {a = {b = 1}}\nlist = []\n",
        "# c\nservers:\n  a: {command: b}\n\nlist:\n  - x # d\n  - {y: z}\n", "servers: {}\nlist: []\nx: |\n  a\n  b\n",
      ].map { Array($0.utf8) }
      return texts.enumerated().flatMap { number, text in [0, 1, 2, 3].map { [UInt8($0 + number * 16)] + text } }
    },
    words: [
      "{", "}", "[", "]", ":", ",", "//", "/*", "*/", "#", "\"servers\"", "servers", "\"list\"", "list", "[servers]", "[servers.x]", "[[list]]",
      "\"x\": ", "x = ", "x: ", "- ", "&a", "*a", "|\n", "null", "~", "1e400", "\\u", "\r\n", "\u{FEFF}", "---\n", "...", "<<: ",
    ]
  ) { input in
    guard let choice = input.first else { return }
    let (bytes, syntax) = (Array(input.dropFirst()), SettingsSyntax.allCases[Int(choice & 3)])
    guard let file = try opened(bytes, syntax) else { return }
    let value: FieldValue =
      choice & 4 == 0 ? .text("v: #\"'\\") : .map([.init("command", .text("b")), .init("args", .list([.text("c"), .bool(true)]))])
    let piece: SettingsPiece = choice & 8 == 0 ? .member(["servers", "x y"], value) : .element(of: ["list"], value)
    do throws(SettingsRefusal) {
      let addition = try file.adding([piece])
      guard let edited = try? SettingsFile(addition.bytes, syntax: syntax, path: "x") else { throw SettingsRefusal.unreadableAgain }
      guard edited.contains(piece) else { throw SettingsRefusal.unreadableAgain }
      guard !addition.added.isEmpty else { return }
      if (try? edited.removing(addition.added, made: addition.made)) != bytes { throw SettingsRefusal.unreadableAgain }
    } catch {
      try checkFindings(error.diagnostics, about: file.text)
      try law(error != .unreadableAgain, "what was put in is not there, or does not come out as it went in")
      try law(error.diagnostics.contains { $0.severity == .error }, "a refusal without a reason")
    }
  }

  private static func opened(_ bytes: [UInt8], _ syntax: SettingsSyntax) throws -> SettingsFile? {
    do throws(SettingsRefusal) { return try SettingsFile(bytes, syntax: syntax, path: "x") } catch {
      try checkFindings(error.diagnostics, about: SourceText(path: "x", bytes: bytes))
      try law(error.diagnostics.contains { $0.severity == .error }, "a file is refused without a reason")
      return nil
    }
  }
}

extension SettingsFile {
  fileprivate var text: SourceText { SourceText(path: path, bytes: bytes) }
}

extension SettingsRefusal {
  fileprivate static let unreadableAgain = SettingsRefusal(reason: .unreadable, diagnostics: [])
}
