import Applying
import FileTree
import Planning
import Testing

/// Names that differ in case, or in the spelling of a letter, alone.
struct TwinTests {
  private typealias R = Repository

  @Test(arguments: Repository.Kind.allCases)
  func aCaseOnlyRenameGoesThrough(kind: Repository.Kind) throws {
    let repository = try R(kind)
    try repository.deploy([R.file("s/Old/A.md", "1")])
    try repository.deploy([R.file("s/old/a.md", "2")])
    #expect(try repository.picture().filter { !$0.hasPrefix("aiwg.lock") } == ["s/", "s/old/", #"s/old/a.md "2""#])
    #expect(try repository.plan([R.file("s/old/a.md", "2")]).isEmpty)
  }

  @Test(arguments: ["1", "2"])
  func aCaseOnlyRenameGoesThroughWhereCaseDoesNotCount(text: String) throws {
    let repository = try R(.memory)
    repository.tree = FoldingTree()
    try repository.deploy([R.file("s/A.md", "1")])
    try repository.deploy([R.file("s/a.md", text)])
    #expect(try repository.picture().filter { !$0.hasPrefix("aiwg.lock") } == ["s/", #"s/a.md "\#(text)""#])
    #expect(try repository.plan([R.file("s/a.md", text)]).isEmpty)
    try repository.deploy([])
    #expect(try repository.picture().isEmpty)
  }

  @Test(arguments: ["rules/keep.md", "Rules/KEEP.md", "rules/KEEP.md", "RULES/other", "rules/\u{212A}eep.md"], [false, true])
  func aTwinOfTheUsersIsInTheWay(place: String, force: Bool) throws {
    let repository = try R(.disk, [place: "mine"])
    let before = try repository.picture()
    let conflict = try repository.plan([R.file("rules/keep.md", "ours")], force: force).changes[0].conflict
    switch place {
    case "rules/keep.md": #expect(conflict == (force ? nil : .foreign))
    case "rules/KEEP.md", "rules/\u{212A}eep.md": #expect(conflict == .twin(try R.path(place)))
    default: #expect(conflict == .twin(try R.path(String(place.prefix { $0 != "/" }))))
    }
    if conflict != nil { #expect(throws: ApplyError(.conflicts)) { try repository.deploy([R.file("rules/keep.md", "ours")], force: force) } }
    if conflict != nil { #expect(try repository.picture() == before) }
  }
}
