import ContextModel
import FileTree
import Globs
import Platforms
import TestSupport
import Testing

/// What the shipped platforms take and read in a home directory.
@Suite struct ShippedHomeTests {
  private let catalog: PlatformCatalog

  init() throws {
    catalog = try shippedHomeCatalog()
  }

  @Test func everyPlatformReadsWhatItTakes() throws {
    #expect(catalog.current.count > 15)
    for platform in catalog.current {
      for (shape, ids) in platform.takes {
        for id in ids {
          let place = try #require(catalog.places[id], "\(id)")
          let file = try #require(place.mainFile(name: "some-name"))
          #expect(file.isInHome)
          for surface in platform.surfaces {
            let isRead = platform.reads.contains { ($0.on.isEmpty || $0.on.contains(surface)) && Glob($0.path).matches(file.text) }
            #expect(isRead, "\(platform.id) \(surface) takes \(shape) at \(file), which it does not read")
          }
        }
      }
      for limit in platform.limits {
        let files = platform.takes.values.joined().compactMap { catalog.places[$0]?.mainFile(name: "x")?.text }
        #expect(files.contains { Glob(limit.path).matches($0) }, "\(platform.id): \(limit.path)")
      }
    }
  }

  /// Rules that are always loaded have a file everywhere but in one platform, whose settings hold them; reviewers read no home directory.
  @Test func everyKindFindsAPlace() {
    for platform in catalog.current {
      let missing = Shape.all.filter { !$0.isReview && platform.takes[$0]?.isEmpty ?? true }.map(\.description)
      #expect(missing == (platform.id == "cursor" ? ["rules/always", "rules/globs"] : []), "\(platform.id)")
    }
  }

  @Test func rootsLieBesideEachOther() {
    let roots = catalog.homeRoots
    for root in roots {
      #expect(!roots.contains { $0.folder != root.folder && $0.folder.isInside(root.folder) }, "\(root.folder)")
      let owners = catalog.platforms.compactMap(\.user).filter { $0.root == root.folder }
      #expect(Set(owners.map(\.movedBy)).count <= 1, "\(root.folder)")
    }
    #expect(roots.first { $0.folder.text == ".codex" }?.movedBy?.name == "CODEX_HOME")
    #expect(roots.first { $0.folder.text == ".config/opencode" }?.movedBy?.rest?.text == "opencode")
  }

  @Test func pagesAndDays() {
    for platform in catalog.current {
      #expect(platform.user?.docs.hasPrefix("https://") == true && platform.user?.verified.count == 10, "\(platform.id)")
    }
  }

  @Test func placesOfAHomeAreNoneOfARepository() throws {
    let project = try shippedCatalog()
    let (home, plain) = (try #require(TreePath("~/.codex/AGENTS.md")), try #require(TreePath(".codex/AGENTS.md")))
    #expect(catalog.places(home, asBlock: true) && !catalog.places(plain, asBlock: true))
    // A folder of that name has a file like any other; nothing of a repository stands for a home.
    #expect(!project.places(home, asBlock: true) && project.places(plain, asBlock: true))
    let instructions = try #require(TreePath("~/.github/instructions/x.instructions.md"))
    #expect(!catalog.places(instructions, asBlock: false))
  }

  @Test func onlyThoseWithAHomeCanBeChosen() {
    #expect(catalog.platform("aider")?.isSelectable == false)
    #expect(!catalog.current.contains { $0.id == "aider" })
    #expect(catalog.ids["aider"] == "aider")
    #expect(catalog.detected { $0 == "~/.codex/" } == ["codex"])
  }

  @Test(arguments: [("$ACME_HOME", "ACME_HOME", nil), ("$XDG_CONFIG_HOME/acme", "XDG_CONFIG_HOME", "acme")] as [(String, String, String?)])
  func variables(_ text: String, _ name: String, _ rest: String?) {
    let variable = UserScope.Variable(text)
    #expect(variable?.name == name && variable?.rest?.text == rest)
  }

  @Test(arguments: ["", "$", "ACME", "$acme", "$A B", "$ACME/../x", "$ACME/", "~/acme"])
  func noVariables(_ text: String) {
    #expect(UserScope.Variable(text) == nil)
  }
}
