import ContextModel
import Diagnostics
import FileTree
import SettingsFiles
import TestSupport
import Testing

@Suite struct RefusalTests {
  private func refusal(_ edit: () throws(SettingsRefusal) -> Void) -> SettingsRefusal? {
    do throws(SettingsRefusal) {
      try edit()
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      (SettingsSyntax.json, "{\n  \"a\": 1, // x\n}", ["2:11 json/comment", "2:9 json/trailing-comma"]),
      (.jsonc, "{\"a\": 1 \"b\": 2}", ["1:9 json/syntax"]),
      (.toml, "a = 1\na = 2", ["2:1 toml/duplicate-key"]), (.yaml, "a: [1", ["1:4 yaml/syntax"]),
      (.yaml, "a: 1\n---\nb: 2\n", ["2:1 yaml/several-documents"]),
      (.yaml, "a: !!str x", ["1:4 yaml/tag"]),
    ])
  func filesThatCannotBeRead(_ syntax: SettingsSyntax, _ text: String, _ places: [String]) {
    let error = refusal { () throws(SettingsRefusal) in _ = try SettingsFile(text, syntax) }
    #expect(error?.reason == .unreadable)
    #expect(error?.diagnostics.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.id)" } == places)
  }

  @Test(
    arguments: [
      (
        SettingsSyntax.json, "{\n  \"a\": \"x\"\n}", SettingsPiece.member(["a", "b", "c"], .null), SettingsRefusal.Reason.noContainer,
        "2:8 `a` is a text, not a map"
      ),
      (.json, "{\"a\": {}}", .element(of: ["a"], .null), .noContainer, "1:7 `a` is a map, not a list"),
      (.json, "{\"a\": null}", .element(of: ["a"], .null), .noContainer, "1:7 `a` is null, not a list"),
      (.json, "[]", .member(["a"], .null), .noContainer, "1:1 the file is a list, not a map"),
      (.jsonc, "{\"a\": {\"b\": 1}}", .member(["a", "b"], .text("1")), .otherValue, "1:13 `a.b` is there with another value"),
      (.json, "{}", .member(["a"], .number("0x1")), .inexpressible, "1:1 JSON has no number `0x1`"),
      (.toml, "a = 1", .member(["b"], .null), .inexpressible, "1:1 TOML has no null"),
      (.toml, "\n[a.b]\nc = 1", .member(["a", "d"], .bool(true)), .unsafe, "2:1 `a` has no header of its own"),
      (.toml, "[[a]]\nb = 1", .element(of: ["a"], .map([])), .unsafe, "1:1 `a` is a list of tables with headers"),
      (.yaml, "x: &x\n  a: 1\ny: *x\n", .member(["x", "b"], .null), .unsafe, "1:4 `x` is anchored, and may be repeated elsewhere"),
      (.yaml, "x: &x\n  a: 1\ny: *x\n", .member(["y", "b"], .null), .unsafe, "3:4 `y` is an alias of another value"),
      (.yaml, "x: {a: ~}\n", .member(["x", "a", "b"], .null), .unsafe, "1:8 `x.a` is null between brackets"),
    ])
  func editsThatAreNotMade(_ syntax: SettingsSyntax, _ text: String, _ piece: SettingsPiece, _ reason: SettingsRefusal.Reason, _ finding: String)
    throws
  {
    let file = try SettingsFile(text, syntax)
    let error = refusal { () throws(SettingsRefusal) in _ = try file.adding([piece]) }
    #expect(error?.reason == reason)
    #expect(error?.diagnostics.map { "\($0.place?.line ?? 0):\($0.place?.column ?? 0) \($0.message)" } == [finding])
    #expect(error?.diagnostics.allSatisfy { $0.help?.isEmpty == false && $0.place?.path == "settings." + syntax.rawValue } ?? false)
  }

  @Test func othersValuesAreNotTakenOut() throws {
    let file = try SettingsFile("{\"a\": 2}", .json)
    #expect(refusal { () throws(SettingsRefusal) in _ = try file.removing([.member(["a"], .number("1"))], made: []) }?.reason == .otherValue)
    #expect(refusal { () throws(SettingsRefusal) in _ = try file.replacing(["b"], with: .null) }?.reason == .absent)
  }

  @Test func anchorsElsewhereAreNoMatter() throws {
    let file = try SettingsFile("x: &x\n  a: 1\ny: *x\nz:\n  b: 1\n", .yaml)
    let bytes = try file.adding([.member(["z", "c"], .number("2"))]).bytes
    #expect(String(decoding: bytes, as: UTF8.self) == "x: &x\n  a: 1\ny: *x\nz:\n  b: 1\n  c: 2\n")
  }
}
