import Foundation
import TestSupport
import Testing

/// Sessions with the real binary on a real disk.
///
/// A script is an archive: the files of a repository, then an entry `script`. `SCRIPT=name` in the environment runs that one alone.
@Suite struct ScriptTests {
  @Test(arguments: try scripts())
  func script(_ name: String) throws {
    let archive = Txtar(try checkoutText("Tests/ScriptTests/Scripts/\(name).txtar"))
    var files = archive.entries
    let index = try #require(files.firstIndex { $0.path == "script" }, "no entry `script` in \(name)")
    let script = String(decoding: files.remove(at: index).bytes, as: UTF8.self)
    var session = try Session(files)
    if let problem = try session.play(script) { Issue.record("\(name): \(problem)") }
  }

  @Test func wordsAreReadAsAShellWould() throws {
    #expect(
      try words(of: #"run 2 deploy "a b" 'c "d"' e"f"  "\r\n\u{FEFF}" """#) == ["run", "2", "deploy", "a b", #"c "d""#, "ef", "\r\n\u{FEFF}", ""])
    #expect(throws: SetupError.self) { try words(of: "write x 'open") }
  }
}

func scripts(selected wanted: String? = ProcessInfo.processInfo.environment["SCRIPT"]) throws -> [String] {
  let folder = checkoutRoot().appendingPathComponent("Tests/ScriptTests/Scripts")
  let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txtar") }.map { String($0.dropLast(6)) }
  return names.sorted().filter { wanted == nil || $0 == wanted }
}
