import ContextLoading
import ContextModel
import Diagnostics
import FileTree
import Foundation
import Platforms
import ProjectFile
import TestSupport
import Testing
import YAML

/// What people wrote, and the reader accepts, the schema accepts.
@Suite struct RealFilesTests {
  @Test func configurationsOfScriptsAndOfThisRepository() throws {
    var count = (accepted: 0, refused: 0)
    let validators = try ["aiwg.yaml", "aiwg.local.yaml", "platforms.yaml"].map { ($0, try SchemaValidator(named: $0)) }
    for (name, bytes, isBased) in try Self.configurations() {
      guard let (schema, validator) = validators.first(where: { name.hasSuffix($0.0) }) else { continue }
      let source = SourceText(path: name, bytes: bytes)
      var diagnostics: [Diagnostic] = []
      switch schema {
      case "aiwg.yaml": _ = ProjectFile(source, diagnostics: &diagnostics)
      case "aiwg.local.yaml": _ = ProjectFile(overlay: source, diagnostics: &diagnostics)
      default: _ = decodePlatforms(source, onto: isBased ? try shippedCatalog() : PlatformCatalog(), diagnostics: &diagnostics)
      }
      guard !diagnostics.hasErrors else {
        count.refused += 1
        continue
      }
      let value = try yamlValue(source)
      SchemaDump.write(schema, value.json, isValid: validator.check(value).problems.isEmpty)
      #expect(validator.check(value).problems == [], "\(name)")
      count.accepted += 1
    }
    #expect(count.accepted > 100)
    print("configurations: \(count.accepted) accepted by both, \(count.refused) that the reader refuses")
  }

  private static func configurations() throws -> [(String, [UInt8], Bool)] {
    var out = try ["aiwg.yaml", "platforms.yaml"].map { ($0, Array(try checkoutText($0).utf8), false) }
    for folder in ["ScriptTests/Scripts", "MessageTests/Cases", "GoldenTests", "SettingsTests"] {
      for file in try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("Tests/" + folder).path).sorted() {
        guard file.hasSuffix(".txtar") else { continue }
        for entry in Txtar(try checkoutText("Tests/\(folder)/\(file)")).entries where entry.path.hasSuffix(".yaml") {
          out.append((folder + "/" + file + "/" + entry.path, entry.bytes, true))
        }
      }
    }
    return out
  }

  @Test func headsOfThisRepositoryAndOfScripts() throws {
    var trees: [(String, any ReadableTree)] = []
    var own: [TreePath: MemoryTree.Node] = [:]
    for folder in ["rules", "agents", "skills", "commands"] {
      guard let tree = memoryTree(of: checkoutRoot().appendingPathComponent(folder).path), let path = TreePath(folder) else { continue }
      for (name, node) in tree.nodes { own[path.appending(name)] = node }
    }
    trees.append(("this repository", MemoryTree(own)))
    for folder in ["ScriptTests/Scripts", "GoldenTests", "SettingsTests"] {
      for file in try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("Tests/" + folder).path).sorted() {
        guard file.hasSuffix(".txtar") else { continue }
        let entries = Txtar(try checkoutText("Tests/\(folder)/\(file)")).entries.map { entry in
          Txtar.Entry(entry.path.hasPrefix(".aiwg/") ? String(entry.path.dropFirst(6)) : entry.path, entry.bytes)
        }
        trees.append((file, Txtar(entries).tree))
      }
    }
    let count = try trees.reduce(0) { try $0 + Self.check($1.0, $1.1) }
    #expect(count > 200)
    print("heads: \(count) accepted by both")
  }

  @Test(.enabled(if: sharedDirectory("corpus/aiwg") != nil, "the real tree is not beside the checkout"))
  func headsOfARealTree() throws {
    let folder = try #require(sharedDirectory("corpus/aiwg"))
    let tree = try #require(memoryTree(of: folder))
    let count = try Self.check("the real tree", tree)
    #expect(count > 200)
    print("heads of the real tree: \(count) accepted by both")
  }

  /// Holds each head that the reader has nothing against, as far as a schema can tell, against the schema.
  private static func check(_ name: String, _ tree: any ReadableTree) throws -> Int {
    var diagnostics: [Diagnostic] = []
    let loader = ContextLoader(tree: tree, shownAs: "", platformIDs: try shippedCatalog().ids)
    let artifacts = try loader.load(diagnostics: &diagnostics).artifacts
    let odd = Reader.oddValues(of: artifacts)
    let refused = diagnostics.filter { $0.severity == .error || $0.id == "frontmatter/argument-hint-not-text" } + odd
    let told = Set(refused.compactMap { $0.place?.path })
    var count = 0
    for artifact in artifacts where artifact.id.kind != .ignore && artifact.language == nil && !told.contains(artifact.text.path) {
      let range = artifact.text.path.hasSuffix(".md") ? HeadSplit(artifact.text.bytes).head : 0..<artifact.text.bytes.count
      var ignored: [Diagnostic] = []
      let head = range.flatMap { parseYAML(artifact.text, in: $0, limits: .frontmatter, diagnostics: &ignored) }.map { FieldValue($0) } ?? .null
      let schema = artifact.id.kind.folder
      guard let validator = try validators.get()[schema] else { continue }
      let problems = validator.check(head).problems
      SchemaDump.write(schema, head.json, isValid: problems.isEmpty)
      #expect(problems == [], "\(name): \(artifact.text.path)")
      count += 1
    }
    return count
  }

  private static let validators = Result {
    Dictionary(
      uniqueKeysWithValues: try ArtifactKind.allCases.filter { $0 != .ignore }.map { ($0.folder, try SchemaValidator(named: $0.folder)) })
  }
}
