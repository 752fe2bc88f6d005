import Applying
import FileTree
import Planning
import Testing

/// What was written is there for a later merge, within bounds, and never taken for something else.
struct BasesTests {
  private func output(_ place: String, _ text: String) throws -> DesiredOutput {
    DesiredOutput(path: try Repository.path(place), form: .file(.bytes(Array(text.utf8)), isExecutable: false), origins: [], platforms: [])
  }

  private func write(_ outputs: [DesiredOutput], to repository: Repository) throws {
    let plan = try repository.plan(outputs)
    func carryOut(_ tree: inout some WritableTree) throws {
      _ = try apply(plan, to: &tree)
      try Bases.record(plan, in: &tree)
    }
    try carryOut(&repository.tree)
  }

  private func found(_ text: String, in repository: Repository) throws -> String? {
    try Bases.bytes(of: Digest(of: Array(text.utf8)), in: repository.tree).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: Repository.Kind.allCases) private func everyVersionIsThere(_ kind: Repository.Kind) throws {
    let repository = try Repository(kind)
    for text in ["one\n", "two", ""] { try write([try output(".x/a.md", text), try output(".x/b.md", "b " + text)], to: repository) }
    for text in ["one\n", "two", "", "b one\n"] { #expect(try found(text, in: repository) == text) }
    #expect(try found("three", in: repository) == nil)
  }

  @Test func aFileThatWasCutShortIsNotBelieved() throws {
    let repository = try Repository(.memory)
    try write([try output(".x/a.md", "a long text\n"), try output(".x/b.md", "another\n")], to: repository)
    let pack = try repository.text(".aiwg/state/base/1")
    for length in 0..<pack.utf8.count {
      try repository.put(".aiwg/state/base/1", String(pack.prefix(length)))
      let long = try found("a long text\n", in: repository)
      #expect(long == nil || long == "a long text\n")
      #expect(try found("another\n", in: repository) == nil || length > pack.utf8.count - 2)
    }
    try repository.put(".aiwg/state/base/1", pack.replacing("long", with: "lung"))
    #expect(try found("a long text\n", in: repository) == nil)
  }

  @Test func onlyWhatIsRecordedStaysWhenThereAreMany() throws {
    let repository = try Repository(.memory)
    for number in 0..<60 { try write([try output(".x/a.md", "version \(number)\n"), try output(".x/b.md", "always\n")], to: repository) }
    #expect(try repository.tree.names(in: Repository.path(".aiwg/state/base")).count <= 24)
    #expect(try found("version 59\n", in: repository) != nil)
    #expect(try found("version 0\n", in: repository) == nil)
    // What is still in the lock is kept, however long ago it was written.
    #expect(try found("always\n", in: repository) == "always\n")
  }

  @Test func nothingStaysWhenItIsCleared() throws {
    let repository = try Repository(.disk)
    try write([try output(".x/a.md", "a\n")], to: repository)
    func clear(_ tree: inout some WritableTree) throws { try Bases.clear(in: &tree) }
    try clear(&repository.tree)
    #expect(try found("a\n", in: repository) == nil)
    #expect(try !repository.picture().contains { $0.contains(".aiwg") })
  }
}
