import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The pages, the manual and the completions, against the binary that they are about.
@Suite struct DocumentationTests {
  @Test func thePagesAreFresh() throws {
    let folder = try TemporaryFolder()
    try script("generate-docs.sh", folder.url.path)
    let made = try FolderSnapshot(of: folder.url).entries.filter { !$0.value.isFolder }
    #expect(made.count > 60)
    let docs = checkoutRoot().appendingPathComponent("docs")
    for (path, entry) in made.sorted(by: { $0.key < $1.key }) {
      let there = FileManager.default.contents(atPath: docs.appendingPathComponent(path).path)
      let difference = firstDifference(String(decoding: there ?? Data(), as: UTF8.self), String(decoding: entry.bytes, as: UTF8.self))
      #expect(there == entry.bytes, "docs/\(path) is stale: run `make docs`\n\(difference)")
    }
    for name in ["commands", "platforms"] {
      let there = Set(try FileManager.default.contentsOfDirectory(atPath: docs.appendingPathComponent(name).path).map { name + "/" + $0 })
      #expect(there.subtracting(made.keys) == [], "nothing makes these any more: run `make docs`")
    }
  }

  @Test func thePictureIsFresh() throws {
    let folder = try TemporaryFolder()
    try script("generate-picture.sh", folder.url.path + "/picture.svg")
    let picture = try String(contentsOf: folder.url.appendingPathComponent("picture.svg"), encoding: .utf8)
    let there = try checkoutText("docs/images/first-deploy.svg")
    #expect(picture == there, "docs/images/first-deploy.svg is stale: run `make docs`\n\(firstDifference(there, picture))")
    #expect(try XMLDocument(xmlString: picture).rootElement()?.name == "svg")
  }

  @Test func everyCommandOptionAndExitCodeIsInThePagesAndTheManual() throws {
    let folder = try TemporaryFolder()
    try script("generate-manual.sh", folder.url.path)
    let manual = try String(contentsOf: folder.url.appendingPathComponent("man/man1/aiwg.1"), encoding: .utf8)
      .replacing("\\fB", with: "").replacing("\\fI", with: "").replacing("\\fP", with: "").replacing("\\-", with: "-")
    let index = try checkoutText("docs/commands/README.md")
    let dump = try HelpDump.read()
    var count = 0
    for command in dump.commands {
      let name = command.commandName
      let page = try checkoutText("docs/commands/\(name).md")
      #expect(index.contains("](\(name).md)"))
      let section = try #require(manual.range(of: ".SS aiwg \(name) ").map { manual[$0.upperBound...] }, "\(name) is not in the manual")
      let own = section.prefix(upTo: section.range(of: "\n.S")?.lowerBound ?? section.endIndex)
      for argument in command.arguments ?? [] where argument.shouldDisplay {
        for typed in argument.names?.map(\.typed) ?? ["<\(argument.valueName ?? "")>"] {
          count += 1
          let inPage = page.contains("`\(typed)") || page.contains(", \(typed)") || index.contains("`\(typed)") || index.contains(", \(typed)")
          #expect(inPage, "\(name): \(typed) is not in its page")
          let shown = typed.hasPrefix("<") ? String(typed.dropFirst().dropLast()) : typed
          #expect(own.contains(shown) || manual.contains("\n\(shown)") || manual.contains(", \(shown)"), "\(name): \(typed) is not in the manual")
        }
        #expect(!(argument.abstract ?? "").isEmpty, "\(name): an option without a word about it")
      }
    }
    #expect(count > 200)
    let statuses = try checkoutText("Sources/Commands/ExitStatus.swift").matches(of: /case \w+ = (\d+)/).map { String($0.1) } + ["130", "143"]
    #expect(statuses.count > 7)
    for status in statuses {
      #expect(index.contains(try Regex("\\| (\\d+, )?\(status)(, \\d+)? \\|")), "\(status) is not in docs/commands/README.md")
      #expect(manual.contains(try Regex("\\.TP\n(\\d+, )?\(status)(, \\d+)?\n")), "\(status) is not in the manual")
    }
  }

  /// Where a shell or a formatter of manuals is on the machine, it has nothing to say.
  @Test(arguments: [
    "mandoc -Tlint man/man1/aiwg.1", "man --warnings -l man/man1/aiwg.1 2>&1 >/dev/null", "bash -n bash-completion/completions/aiwg",
    "zsh -n zsh/site-functions/_aiwg", "fish -n fish/vendor_completions.d/aiwg.fish",
  ])
  func readersOfTheManualHaveNothingToSay(_ line: String) throws {
    let folder = try TemporaryFolder()
    try script("generate-manual.sh", folder.url.path)
    let program = line.prefix { $0 != " " }
    guard try Program.shell("command -v \(program)", in: folder.url).status == 0 else { return print("skipped: there is no \(program) here") }
    let isGNU = try Program.shell("man --version 2>&1 | grep -q man-db", in: folder.url).status == 0
    guard program != "man" || isGNU else { return print("skipped: this man has no --warnings") }
    let result = try Program.shell(line, in: folder.url, environment: ["LC_ALL": "C.UTF-8", "MANWIDTH": "120"])
    let said = result.output + result.errors
    #expect(result.status == 0 && said.isEmpty, "\(line)\n\(said.prefix(2000))")
  }

  @Test func theManualIsTheSameEachTime() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    for folder in [first, second] { try script("generate-manual.sh", folder.url.path) }
    #expect(try FolderSnapshot(of: first.url).differences(to: FolderSnapshot(of: second.url)) == [])
  }

  @Test func namesAreCompletedInBash() throws {
    guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else { return print("skipped: there is no bash here") }
    let ground = try TemporaryFolder()
    try script("generate-manual.sh", ground.url.path)
    try FileManager.default.createDirectory(at: ground.url.appendingPathComponent(".aiwg/rules"), withIntermediateDirectories: true)
    try Data("---\ndescription: d\n---\nt\n".utf8).write(to: ground.url.appendingPathComponent(".aiwg/rules/my-own.md"))
    let cases: [(line: String, expected: [String], missing: [String])] = [
      ("aiwg platforms cur", ["cursor"], ["claude-code"]),
      ("aiwg deploy --platforms cur", ["cursor"], ["warp"]),
      ("aiwg deploy --platforms warp,cur", ["warp,cursor"], ["warp,warp"]),
      ("aiwg deploy --platforms +cur", ["+cursor"], []),
      ("aiwg explain --platform claude", ["claude-code"], []),
      ("aiwg library rules/stat", ["rules/stateless-processes"], ["rules/stateless-processes.es"]),
      ("aiwg verify --rule my", ["my-own"], []),
      ("aiwg check --format s", ["sarif"], ["json"]),
      ("aiwg lib", ["library"], []),
    ]
    for (line, expected, missing) in cases {
      let words = line.split(separator: " ")
      let script = """
        . bash-completion/completions/aiwg
        COMP_WORDS=(\(words.joined(separator: " "))); COMP_CWORD=\(words.count - 1); COMP_LINE='\(line)'; COMP_POINT=\(line.count); COMP_TYPE=9
        $(complete -p aiwg | sed 's/.*-F \\([^ ]*\\).*/\\1/') aiwg '\(words.last ?? "")' '\(words.dropLast().last ?? "")'
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      let found = try Program.shell("exec bash -c \"$SCRIPT\"", in: ground.url, environment: ["SCRIPT": script])
      let names = Set(found.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
      #expect(names.isSuperset(of: expected), "\(line): \(names.sorted()) \(found.errors)")
      #expect(names.isDisjoint(with: missing), "\(line): \(names.sorted())")
    }
  }

  @Test func everyLinkLeadsSomewhere() throws {
    var pages: [String: MarkdownPage] = [:]
    for path in try MarkdownPage.all() { pages[path] = try MarkdownPage(path) }
    var count = 0
    for page in pages.values.sorted(by: { $0.path < $1.path }) {
      for (number, target) in page.links where target.firstMatch(of: /^[a-z][a-z0-9+.-]*:/) == nil {
        count += 1
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let folder = page.path.split(separator: "/").dropLast().map(String.init)
        var path = parts[0].isEmpty ? page.path.split(separator: "/").map(String.init) : folder
        for part in parts[0].split(separator: "/") where part != "." {
          if part == ".." { path = path.dropLast() } else { path.append(String(part)) }
        }
        let name = path.joined(separator: "/")
        let isThere = FileManager.default.fileExists(atPath: checkoutRoot().appendingPathComponent(name).path)
        #expect(isThere, "\(page.path):\(number): \(target) leads nowhere")
        guard isThere, parts.count == 2 else { continue }
        let other = try pages[name] ?? MarkdownPage(name)
        #expect(other.anchors.contains(parts[1]), "\(page.path):\(number): \(name) has no #\(parts[1])")
      }
    }
    #expect(count > 150)
  }

  @Test func everyPageIsInTheIndex() throws {
    let index = try MarkdownPage("docs/README.md")
    let linked = Set(index.links.map { "docs/" + $0.target.prefix { $0 != "#" } })
    let decisions = Set(try MarkdownPage("docs/decisions/README.md").links.map { "docs/decisions/" + $0.target })
    for path in try MarkdownPage.all() where path.hasPrefix("docs/") && path != index.path {
      if path.hasPrefix("docs/decisions/"), !path.hasSuffix("README.md") {
        #expect(decisions.contains(path), "\(path) is not in docs/decisions/README.md")
      }
      let isBelow = ["docs/commands/", "docs/platforms/", "docs/decisions/"].contains { path.hasPrefix($0) }
      #expect(isBelow || linked.contains(path), "\(path) is not in docs/README.md")
    }
    #expect(linked.isSuperset(of: ["docs/commands/README.md", "docs/platforms.md"]))
  }

  private func script(_ name: String, _ folder: String) throws {
    let binary = try #require(Program.aiwg)
    let result = try Program.run(checkoutRoot().appendingPathComponent("scripts/" + name), [binary.path, folder], in: checkoutRoot())
    try #require(result.status == 0, "\(result.errors)")
  }
}
