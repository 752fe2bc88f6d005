import ContextModel
import FileTree
import SettingsFiles
import Testing

/// Edits to the letter, and that they come out again.
@Suite struct EditTests {
  private static let server = FieldValue.map([.init("command", .text("npx")), .init("args", .list([.text("-y"), .text("docs")]))])
  private static let withEnv = FieldValue.map([.init("url", .text("https://x.y")), .init("env", .map([.init("A", .text("b"))]))])

  private func check(_ syntax: SettingsSyntax, _ before: String, _ pieces: [SettingsPiece], _ after: String, made: [[String]] = []) throws {
    let file = try SettingsFile(before, syntax)
    let addition = try file.adding(pieces)
    #expect(String(decoding: addition.bytes, as: UTF8.self) == after)
    #expect(addition.made.map(\.path) == made)
    let back = try SettingsFile(after, syntax).removing(pieces, made: addition.made)
    #expect(String(decoding: back, as: UTF8.self) == before)
  }

  @Test func anEmptyFileIsWrittenWhole() throws {
    try check(
      .json, "", [.member(["mcpServers", "docs"], Self.server)],
      """
      {
        "mcpServers": {
          "docs": {
            "command": "npx",
            "args": [
              "-y",
              "docs"
            ]
          }
        }
      }

      """, made: [[], ["mcpServers"]])
    try check(.jsonc, "\u{FEFF}", [.element(of: ["a"], .number("1.0"))], "\u{FEFF}{\n  \"a\": [\n    1.0\n  ]\n}\n", made: [[], ["a"]])
    try check(
      .toml, "", [.member(["mcp_servers", "docs"], Self.withEnv), .member(["x"], .bool(true))],
      "x = true\n\n[mcp_servers.docs]\nurl = \"https://x.y\"\n\n[mcp_servers.docs.env]\nA = \"b\"\n", made: [[], ["mcp_servers"]])
    try check(
      .yaml, "\n", [.member(["extensions", "docs"], Self.server)],
      "\nextensions:\n  docs:\n    command: npx\n    args:\n      - \"-y\"\n      - docs\n", made: [[], ["extensions"]])
  }

  @Test func styleFollowsTheFile() throws {
    try check(.json, "{\"a\":1,\"b\":[1]}", [.member(["c", "d"], .list([.null]))], "{\"a\":1,\"b\":[1],\"c\":{\"d\":[null]}}", made: [["c"]])
    try check(.json, "{ \"a\": 1 }", [.member(["c"], .map([.init("d", .bool(false))]))], "{ \"a\": 1, \"c\": { \"d\": false } }")
    try check(
      .json, "{\r\n\t\"a\": [1, 2]\r\n}", [.member(["c"], .map([.init("d", .list([.text("x"), .text("y")]))]))],
      "{\r\n\t\"a\": [1, 2],\r\n\t\"c\": {\r\n\t\t\"d\": [\"x\", \"y\"]\r\n\t}\r\n}")
    try check(.json, "{\n    \"a\": {}\n}\n", [.member(["a", "b"], .number("1"))], "{\n    \"a\": {\n        \"b\": 1\n    }\n}\n")
    try check(.json, "{\"a\": { }}", [.member(["a", "b"], .number("1"))], "{\"a\": {\"b\": 1}}", made: [["a"]])
    try check(
      .json, "{\n  \"a\": [\n    1\n  ],\n  \"b\": \"x\"}", [.element(of: ["a"], .text("é"))],
      "{\n  \"a\": [\n    1,\n    \"é\"\n  ],\n  \"b\": \"x\"}")
  }

  @Test func commentsStayWhereTheyAre() throws {
    try check(
      .jsonc, "{\n  \"a\": 1 // note\n  // the end\n}\n", [.member(["b"], .number("2"))],
      "{\n  \"a\": 1, // note\n  \"b\": 2\n  // the end\n}\n")
    try check(.jsonc, "{\n  \"a\": 1, // note\n}\n", [.member(["b"], .number("2"))], "{\n  \"a\": 1, // note\n  \"b\": 2,\n}\n")
    try check(.jsonc, "{ \"a\": [1, /* x */] }", [.element(of: ["a"], .number("2"))], "{ \"a\": [1, /* x */ 2,] }")
    try check(.jsonc, "[1 // c\n]", [.element(of: [], .number("2"))], "[1, // c\n2\n]")
    try check(
      .jsonc, "{\n  // none yet\n}\n", [.member(["a"], .number("1")), .member(["b"], .number("2"))],
      "{\n  // none yet\n  \"a\": 1,\n  \"b\": 2\n}\n")
  }

  @Test func commentsBesideWhatGoesStay() throws {
    let file = try SettingsFile("{\n  \"a\": 1,\n  // about b\n  \"b\": 2, // b\n  \"c\": 3 // c\n}\n", .jsonc)
    let bytes = try file.removing([.member(["b"], .number("2")), .member(["c"], .number("3.0"))], made: [])
    #expect(String(decoding: bytes, as: UTF8.self) == "{\n  \"a\": 1\n  // about b\n  // b\n  // c\n}\n")
    let last = try SettingsFile("[ // x\n1]", .jsonc).removing([.element(of: [], .number("1"))], made: [])
    #expect(String(decoding: last, as: UTF8.self) == "[ // x\n]")
  }

  @Test(
    arguments: [
      (SettingsSyntax.toml, "a = 1 # a\nb = 2 # b\n", ["b"], "a = 1 # a\n# b\n"), (.toml, "b = 2 # b", ["b"], "# b"),
      (.toml, "[x]\n# about b\nb = 2\n# end\n", ["x", "b"], "[x]\n# about b\n# end\n"),
      (.toml, "[x] # x\n  b = 2 # b\n  # c\n\n[y]\n", ["x"], "# x\n  # b\n  # c\n\n[y]\n"),
      (.toml, "x = { b = 2, c = 3 } # x\n", ["x", "b"], "x = { c = 3 } # x\n"), (.yaml, "a: 1\nb: 2 # b\n", ["b"], "a: 1\n# b\n"),
      (.yaml, "x: # x\n  # about b\n  b: 2 # b\nc: 3\n", ["x", "b"], "x: {} # x\n  # about b\n  # b\nc: 3\n"),
      (.yaml, "x: { b: 2, c: 3 } # x\n", ["x", "b"], "x: { c: 3 } # x\n"),
    ])
  func commentsStayInLines(_ syntax: SettingsSyntax, _ before: String, _ path: [String], _ after: String) throws {
    let file = try SettingsFile(before, syntax)
    let bytes = try file.removing([.member(path, try #require(file.value(at: path)))], made: [])
    #expect(String(decoding: bytes, as: UTF8.self) == after)
  }

  @Test func tablesGoBehindTheirSiblings() throws {
    let before = """
      # Settings
      model = "x"  # note

      [mcp_servers.a]
      command = "a"
      # env = {}

      # About tui
      [tui]
      theme = "dark"
      """
    try check(
      .toml, before, [.member(["mcp_servers", "docs"], Self.withEnv), .member(["tui", "x y"], .list([])), .member(["new"], .number("1"))],
      """
      # Settings
      model = "x"  # note
      new = 1

      [mcp_servers.a]
      command = "a"
      # env = {}

      [mcp_servers.docs]
      url = "https://x.y"

      [mcp_servers.docs.env]
      A = "b"

      # About tui
      [tui]
      theme = "dark"
      "x y" = []
      """)
    try check(.toml, "[a]\nb = 1\n", [.member(["c"], .number("1"))], "c = 1\n\n[a]\nb = 1\n")
    try check(.toml, "[a]\r\nb=1", [.member(["c"], Self.server)], "[a]\r\nb=1\r\n\r\n[c]\r\ncommand=\"npx\"\r\nargs=[\"-y\", \"docs\"]")
  }

  @Test func listsAndInlineTablesOfTOML() throws {
    try check(
      .toml, "a = [\n  \"x\", # first\n  \"y\" # last\n]\n", [.element(of: ["a"], .text("z"))],
      "a = [\n  \"x\", # first\n  \"y\", # last\n  \"z\"\n]\n")
    try check(.toml, "a = { b = 1 }\n", [.member(["a", "c"], Self.withEnv)], "a = { b = 1, c = { url = \"https://x.y\", env = { A = \"b\" } } }\n")
    try check(
      .toml, "a.b = 1\na.\"c d\".e = 2\nf = 3\n", [.member(["a", "c d", "g"], .bool(true))], "a.b = 1\na.\"c d\".e = 2\na.\"c d\".g = true\nf = 3\n")
  }

  @Test func linesOfYAML() throws {
    let before = """
      # Settings
      extensions:
        a:
          enabled: true  # note
          # timeout: 3

      # about list
      list:
      - x   # first
      empty:
      none: {}  # none
      """
    try check(
      .yaml, before,
      [
        .member(["extensions", "docs"], Self.withEnv), .element(of: ["list"], .text("a: b")), .member(["empty", "k"], .null),
        .element(of: ["none2", "l"], Self.server), .member(["none", "yes"], .text("no")),
      ],
      """
      # Settings
      extensions:
        a:
          enabled: true  # note
          # timeout: 3
        docs:
          url: https://x.y
          env:
            A: b

      # about list
      list:
      - x   # first
      - "a: b"
      empty:
        k: null
      none:  # none
        "yes": "no"
      none2:
        l:
        - command: npx
          args:
          - "-y"
          - docs
      """, made: [["empty"], ["none2"], ["none2", "l"], ["none"]])
    try check(
      .yaml, "a: {b: [1, 2]}\n", [.element(of: ["a", "b"], .text("x")), .member(["a", "c"], Self.withEnv)],
      "a: {b: [1, 2, x], c: {url: \"https://x.y\", env: {A: b}}}\n")
    try check(.yaml, "a: |\n  text\n\n  more\n\n\n", [.member(["b"], .text("x\ny"))], "a: |\n  text\n\n  more\nb: \"x\\ny\"\n\n\n")
  }

  @Test func whatAPersonAddedToOursStays() throws {
    let file = try SettingsFile("{\n  \"mcpServers\": {\n    \"ours\": 1,\n    \"theirs\": 2\n  }\n}\n", .json)
    let bytes = try file.removing([.member(["mcpServers", "ours"], .number("1"))], made: [SettingsContainer(path: ["mcpServers"])])
    #expect(String(decoding: bytes, as: UTF8.self) == "{\n  \"mcpServers\": {\n    \"theirs\": 2\n  }\n}\n")
    let yaml = try SettingsFile("a:\n  ours: 1\nb: 2\n", .yaml).removing([.member(["a", "ours"], .number("1"))], made: [])
    #expect(String(decoding: yaml, as: UTF8.self) == "a: {}\nb: 2\n")
    let gone = try file.removing([.member(["x", "y"], .null), .element(of: ["mcpServers"], .null)], made: [SettingsContainer(path: ["x"])])
    #expect(gone == file.bytes)
  }

  @Test(
    arguments: [
      (SettingsSyntax.json, "{\"a\": 1, \"b\": [1]}", ["a"], FieldValue.text("x"), "{\"a\": \"x\", \"b\": [1]}"),
      (.json, "{\n  \"a\": {\"b\": 1}\n}", ["a"], .map([.init("c", .number("1e5"))]), "{\n  \"a\": {\n    \"c\": 1e5\n  }\n}"),
      (.jsonc, "{\"a\": /* x */ 1 /* y */,}", ["a"], .null, "{\"a\": /* x */ null /* y */,}"),
      (.toml, "a = 1 # x\n[b]\nc = 'd'\n", ["b", "c"], .bool(true), "a = 1 # x\n[b]\nc = true\n"),
      (.toml, "[b] # x\nc = 'd'\ne = 1\n", ["b"], .map([.init("e", .number("2")), .init("f", .number("3"))]), "[b] # x\ne = 2\nf = 3\n"),
      (.toml, "a = [\n  1,\n]\n", ["a"], .list([.number("2"), .number("3")]), "a = [\n  2,\n  3,\n]\n"),
      (.yaml, "a: x # y\nb: 1\n", ["a"], .map([.init("c", .bool(true))]), "a: {c: true} # y\nb: 1\n"),
      (.yaml, "a:\n  b: 1\nc: 1\n", ["a"], .map([.init("d", .list([.text("e")]))]), "a:\n  d:\n    - e\nc: 1\n"),
      (.yaml, "a: # y\n  b: 1\nc: 1\n", ["a"], .text(""), "a: \"\" # y\nc: 1\n"),
    ])
  func replacing(_ syntax: SettingsSyntax, _ before: String, _ path: [String], _ value: FieldValue, _ after: String) throws {
    let bytes = try SettingsFile(before, syntax).replacing(path, with: value)
    #expect(String(decoding: bytes, as: UTF8.self) == after)
  }

  @Test func whatIsThereIsNotAddedAgain() throws {
    let file = try SettingsFile("{\"a\": {\"y\": 1.0, \"x\": [\"é\"]}}", .json)
    #expect(file.value(at: ["a", "y"]) == .number("1.0"))
    #expect(file.value(at: ["a", "z"]) == nil)
    let pieces: [SettingsPiece] = [
      .member(["a"], .map([.init("x", .list([.text("é")])), .init("y", .number("1"))])), .element(of: ["a", "x"], .text("é")),
    ]
    #expect(pieces.allSatisfy(file.contains))
    let addition = try file.adding(pieces)
    #expect(addition.bytes == file.bytes && addition.added.isEmpty && addition.made.isEmpty)
    // Another spelling of the letter is another text.
    #expect(!file.contains(.element(of: ["a", "x"], .text("e\u{301}"))))
    #expect(!file.contains(.member(["a", "y"], .text("1.0"))))
  }
}
