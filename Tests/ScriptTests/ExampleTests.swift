import Foundation
import TestSupport
import Testing

/// What `--help` gives as examples, typed in a repository that has what they speak of.
@Suite struct ExampleTests {
  @Test func everyExampleRuns() throws {
    let dump = try HelpDump.read()
    var count = 0
    for command in [dump.command] + dump.commands {
      #expect(!command.examples.isEmpty, "aiwg \(command.commandName) --help has no example")
      for example in command.examples {
        count += 1
        let result = try run(example)
        // Drift and findings are results; what was asked for must be understood and must be there.
        #expect([0, 1].contains(result.status), "\(example): exit \(result.status)\n\(result.output)\(result.errors)")
      }
    }
    #expect(count > 40)
  }

  private func run(_ example: String) throws -> Program.Result {
    let checkout = try Checkout()
    let home = checkout.url.deletingLastPathComponent().path
    let environment = [
      "HOME": home, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.com", "GIT_COMMITTER_NAME": "T",
      "GIT_COMMITTER_EMAIL": "t@example.com",
    ]
    let isBefore = ["aiwg init", "aiwg import", "aiwg convert"].contains { example.hasPrefix($0) }
    let prepared = try checkout.shell(Self.repository + (isBefore ? Self.untouched : Self.deployed), environment: environment)
    try #require(prepared.status == 0, "\(prepared.output)\(prepared.errors)")
    var line = example
    // It ends with Ctrl-C alone.
    if example.hasPrefix("aiwg watch") { line = "\(example) & sleep 1; kill $! && wait $!; test $? = 143" }
    // The digest in the example is that of no file here.
    if let digest = example.firstMatch(of: /[0-9a-f]{12}$/) {
      line = line.replacing(digest.0, with: "$(ls .aiwg/state/saved | grep -E '^[0-9a-f]{12}' | head -n 1 | cut -c 1-12)")
    }
    return try checkout.shell(line, environment: environment)
  }

  private static let repository = """
    set -e
    git init -q -b main
    mkdir -p src/api deploy downloads/some-skill ../service
    echo 'export {}' > src/api/users.ts
    echo x > deploy/run.sh
    printf -- '---\\nname: some-skill\\ndescription: d\\n---\\nText.\\n' > downloads/some-skill/SKILL.md

    """

  private static let untouched = """
    mkdir -p .cursor/rules .claude/rules
    printf -- '---\\ndescription: d\\nalwaysApply: true\\n---\\nNew.\\n' > .cursor/rules/new.mdc
    printf -- '---\\ndescription: d\\n---\\nOld.\\n' > .claude/rules/old.md

    """

  private static let deployed = """
    git init -q -b main ../team
    mkdir -p ../team/rules ../team-rules/rules rules-of-the-team/rules rules
    printf -- '---\\ndescription: T.\\n---\\n# Team\\n\\nText.\\n' > ../team/rules/team.md
    cp ../team/rules/team.md ../team-rules/rules
    cp ../team/rules/team.md rules-of-the-team/rules
    (cd ../team && git add -A && git commit -q -m one && git tag v1 && echo More. >> rules/team.md && git commit -q -a -m two && git tag v2)
    printf -- '---\\ndescription: X.\\n---\\n# X\\n\\n## What to check\\n\\nText of x.\\n' > rules/x.md
    printf -- '---\\ndescription: X.\\n---\\n# X\\n\\n## Que revisar\\n\\nTexto.\\n' > rules/x.es.md
    cat > aiwg.yaml <<END
    platforms: [claude-code, codex, cursor, copilot]
    sources:
      - library: [rules/stateless-processes]
      - git: file://$(cd ../team && pwd)
        rev: v1
        name: team-rules
      - path: .
    END
    aiwg deploy -q >/dev/null
    aiwg translate --record rules/x.es.md >/dev/null
    aiwg deploy -q >/dev/null
    yes line 2>/dev/null | head -60 >> AGENTS.md
    mkdir -p .cursor/rules
    printf -- '---\\ndescription: d\\nalwaysApply: true\\n---\\nMine.\\n' > .cursor/rules/mine.mdc
    git add -A
    git commit -q -m one
    git update-ref refs/remotes/origin/main HEAD
    printf 'More.\\n' >> rules/x.md
    aiwg import .cursor/rules/mine.mdc -q >/dev/null
    printf 'Even more.\\n' >> rules/x.md

    """
}
