import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Testing

@Suite struct LoaderTests {
  @Test func kindsFoldersAndNames() {
    let loading = Loading([
      "rules/a.md": "text", "rules/deep/er/b.md": "---\nseverity: HIGH\n---\nx", "agents/x/c.md": "---\ndescription: d\n---\n",
      "commands/d.md": "---\ndescription: d\n---\n", "skills/group/e/SKILL.md": "---\ndescription: d\n---\n", "skills/group/e/run.sh": "#!/bin/sh\n",
      "skills/group/e/refs/SKILL.md": "inner", "rules/README.md": "no", "rules/Readme.es.md": "no", "rules/.hidden.md": "no", "rules/.x/y.md": "no",
      "skills/README.md": "no", "LICENSE": "no",
    ])
    #expect(loading.findings == [])
    #expect(loading.ids == ["agents/c", "commands/d", "rules/a", "rules/b", "skills/e"])
    #expect(loading["skills/e"]?.resources.map(\.path.text) == ["refs/SKILL.md", "run.sh"])
    #expect(loading["skills/e"]?.resources.map(\.source.text) == ["skills/group/e/refs/SKILL.md", "skills/group/e/run.sh"])
    #expect(loading["rules/a"]?.bodyText == "text")
    #expect(loading.files == ["agents/x/c.md", "commands/d.md", "rules/a.md", "rules/deep/er/b.md", "skills/group/e/SKILL.md"])
  }

  @Test func aTreeMayBeginInAFolder() {
    let tree = MemoryTree(nodes(["ctx/rules/a.md": "x", "rules/b.md": "y"]))
    let loading = Loading(tree, folder: "ctx", shownAs: "../")
    #expect(loading.ids == ["rules/a"])
    #expect(loading["rules/a"]?.text.path == "../ctx/rules/a.md")
    #expect(loading["rules/a"]?.path.text == "ctx/rules/a.md")
  }

  @Test(arguments: [
    ("rules/Big Name.md", "rename it to `big-name.md`; a name is 1 to 64 of a-z, 0-9 and `-`, and begins with a letter or digit"),
    ("rules/a_b.md", "rename it to `a-b.md`; a name is 1 to 64 of a-z, 0-9 and `-`, and begins with a letter or digit"),
    ("rules/é.md", "a name is 1 to 64 of a-z, 0-9 and `-`, and begins with a letter or digit"),
    ("rules/a.not_a_tag.md", "rename it to `a-not-a-tag.md`; a name is 1 to 64 of a-z, 0-9 and `-`, and begins with a letter or digit"),
    ("skills/A/SKILL.md", "rename it to `a/`; a name is 1 to 64 of a-z, 0-9 and `-`, and begins with a letter or digit"),
  ])
  func invalidNames(_ path: String, _ help: String) {
    let loading = Loading([path: "x", "rules/ok.md": "x"])
    #expect(loading.summary == ["\(path) tree/invalid-name"])
    #expect(loading.findings.first?.help == help)
    #expect(loading.ids == ["rules/ok"])
    #expect(loading.rejected.map(\.path.text) == [path])
  }

  @Test func namesUpTo64Bytes() {
    let name = String(repeating: "a", count: 64)
    #expect(Loading(["rules/\(name).md": ""]).ids == ["rules/\(name)"])
    #expect(Loading(["rules/\(name)a.md": ""]).summary == ["rules/\(name)a.md tree/invalid-name"])
  }

  /// What lies too deep is not listed, so that it has to be said.
  @Test func foldersThatLieTooDeepAreSaid() {
    let deep = "rules/" + String(repeating: "d/", count: 70)
    let loading = Loading([deep + "a.md": "x", "rules/ok.md": "x"])
    #expect(loading.ids == ["rules/ok"])
    #expect(loading.findings.map(\.id) == ["tree/too-deep"] && loading.findings.allSatisfy { $0.severity == .error })
  }

  @Test func duplicatesNameBoth() {
    let loading = Loading(["rules/a/x.md": "", "rules/b/x.md": "", "agents/x.md": "---\ndescription: d\n---"])
    #expect(loading.ids == ["agents/x"])
    #expect(loading.summary == ["rules/a/x.md tree/duplicate-name", "rules/b/x.md tree/duplicate-name"])
    #expect(loading.findings.map(\.message) == ["rule `x` is also in `rules/b/x.md`", "rule `x` is also in `rules/a/x.md`"])
    #expect(loading.rejected.map { $0.id?.description } == ["rules/x", "rules/x"])
  }

  @Test func whatIsNoArtifactIsSaid() {
    let loading = Loading([
      "rules/a.txt": "", "skills/x/skill.md": "", "skills/y/z.md": "", "skills/y/zz.md": "", "skills/lone.md": "", "skills/SKILL.md": "",
    ])
    #expect(
      loading.summary == [
        "rules/a.txt tree/not-an-artifact", "skills/SKILL.md tree/not-an-artifact", "skills/x/skill.md tree/not-an-artifact",
        "skills/y/z.md tree/not-an-artifact",
      ])
    #expect(loading.findings[2].help == "rename it to `SKILL.md`")
    #expect(!loading.findings.hasErrors)
  }

  @Test func linksAreNotFollowed() throws {
    var all = nodes(["skills/s/SKILL.md": "---\ndescription: d\n---", "rules/a.md": ""])
    all[try #require(TreePath("skills/s/link"))] = MemoryTree.Node(kind: .symlink)
    all[try #require(TreePath("rules/b.md"))] = MemoryTree.Node(kind: .symlink)
    all[try #require(TreePath("rules/shared"))] = MemoryTree.Node(kind: .symlink)
    let loading = Loading(MemoryTree(all))
    #expect(loading.ids == ["rules/a"])
    #expect(loading.summary == ["rules/b.md tree/not-a-file", "rules/shared tree/not-an-artifact", "skills/s/link tree/not-a-file"])
    #expect(loading.rejected.map { $0.id?.description } == [nil, "skills/s"])
  }

  @Test func aRepositoryInsideOfASkillIsSaid() {
    let loading = Loading([
      "skills/s/SKILL.md": "---\ndescription: d\n---", "skills/s/.git/config": "", "skills/s/part/.git/HEAD": "", "skills/s/part/x": "",
      "skills/.git/config": "", "skills/t/SKILL.md": "---\ndescription: d\n---", "skills/t/.gitignore": "",
    ])
    #expect(loading.summary == ["skills/s/.git tree/nested-repository", "skills/s/part/.git tree/nested-repository"])
    #expect(loading.findings.allSatisfy { $0.severity == .warning && $0.help != nil })
    #expect(loading["skills/s"]?.resources.map(\.path.text) == ["part/x"])
    #expect(loading["skills/t"]?.resources.map(\.path.text) == [".gitignore"])
  }

  @Test func resourcesKeepTheirRunBit() throws {
    var all = nodes(["skills/s/SKILL.md": "---\ndescription: d\n---"])
    all[try #require(TreePath("skills/s/run"))] = MemoryTree.Node(bytes: [1, 2, 3], isExecutable: true)
    let resource = try #require(Loading(MemoryTree(all))["skills/s"]?.resources.first)
    #expect(resource.isExecutable)
    #expect(resource.size == 3)
  }
}
