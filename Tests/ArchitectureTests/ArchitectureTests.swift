import Foundation
import Platforms
import TestSupport
import Testing

@Suite struct ArchitectureTests {
  private let files: [SourceFile]

  init() throws {
    files = try SourceFile.all()
  }

  @Test func everyRoomIsInTheTable() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: checkoutRoot().appendingPathComponent("Sources").path)
    #expect(folders.filter { !$0.hasPrefix(".") }.sorted() == Room.all.map(\.name).sorted())
  }

  @Test(arguments: Room.all.map(\.name))
  func importsOnlyWhatItMay(_ name: String) throws {
    let room = try #require(Room.all.first { $0.name == name })
    for file in files where file.room == name {
      let banned = Set(file.imports).subtracting(room.imports)
      #expect(banned.isEmpty, "\(file.path) imports \(banned.sorted().joined(separator: ", ")): \(room.reason)")
    }
  }

  @Test func importsAreFoundAtAll() throws {
    let source = "package import A\n@testable import B\nimport struct C.D\n// import E\ninternal import F\n  import G\nlet important = 1\n"
    #expect(SourceFile(path: "X/x.swift", text: source).imports == ["A", "B", "C", "F"])
    #expect(files.contains { $0.imports.contains("Diagnostics") })
  }

  @Test func theManifestDrawsTheSameArrows() throws {
    let manifest = try checkoutText("Package.swift").replacingOccurrences(of: "\n", with: " ")
    for room in Room.all where !["CLibYAML", "CShipped", "CSystemCalls", "aiwg"].contains(room.name) {
      let head = try #require(manifest.range(of: "room\\( *\"\(room.name)\"", options: .regularExpression), "\(room.name) is not in Package.swift")
      let rest = manifest[head.upperBound...]
      let arguments = rest.hasPrefix(")") ? "" : rest.components(separatedBy: "]")[0]
      let parts = arguments.replacingOccurrences(of: "package: \"[^\"]*\"", with: "", options: .regularExpression).components(separatedBy: "\"")
      let names = Set(parts.enumerated().filter { $0.offset % 2 == 1 }.map(\.element))
      // What comes with the system is no dependency.
      #expect(names == room.imports.subtracting(["Darwin", "Glibc", "Musl"]), "\(room.name)")
    }
  }

  @Test func noRoomImportsFoundation() {
    #expect(files.filter { !Set($0.imports).isDisjoint(with: ["Foundation", "FoundationEssentials"]) }.map(\.path) == [])
  }

  @Test func noCodeNamesAPlatform() throws {
    let platforms = try shippedCatalog().platforms
    let names = Set(platforms.flatMap { [$0.id] + $0.aliases })
    for file in files {
      let found = names.intersection(file.literals)
      #expect(found.isEmpty, "\(file.path) names \(found.sorted().joined(separator: ", ")): what holds for one platform belongs in platforms.yaml")
    }
  }

  @Test func filesStayShort() {
    for file in files {
      let lines = file.text.components(separatedBy: "\n").count - 1
      #expect(lines <= 400, "\(file.path) has \(lines) lines")
    }
  }

  /// By function: why it is longer than a screen.
  private static let longFunctions: [String: String] = [:]

  @Test func functionsFitAScreen() {
    let lengths = files.flatMap(\.functionLengths)
    #expect(lengths.count > 300)
    for (name, lines) in lengths where lines > 60 { #expect(Self.longFunctions[name] != nil, "\(name) has \(lines) lines") }
    #expect(Set(Self.longFunctions.keys).subtracting(lengths.filter { $0.lines > 60 }.map(\.name)) == [])
  }

  @Test func functionsAreMeasured() {
    let source =
      "struct A {\n  init() {\n    x()\n  }\n  func b(\n    _ c: Int\n  ) -> Int {\n    if c { \"{\" }\n    return c\n  }\n  func d() {}\n}\n"
    #expect(SourceFile(path: "X", text: source).functionLengths.map(\.lines) == [3, 6, 1])
  }

  @Test func theListOfShippedFilesIsFresh() throws {
    let result = try run("/bin/sh", ["scripts/generate-shipped.sh", "--check"])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func noFileNamesThisMachine() throws {
    let tracked = try run("/usr/bin/env", ["git", "ls-files"])
    guard tracked.status == 0 else {
      print("skipped: this is no git checkout")
      return
    }
    // In pieces, or this file would name them.
    let homes = ["/ho" + "me/", "/Us" + "ers/", "/ro" + "ot/", "/wo" + "rk/"]
    for name in tracked.output.split(separator: "\n").map(String.init) {
      guard let data = FileManager.default.contents(atPath: checkoutRoot().appendingPathComponent(name).path) else { continue }
      let text = String(decoding: data, as: UTF8.self)
      let found = homes.filter { home in text.range(of: "(^|[\\s\"'`(=:])" + home + "[A-Za-z0-9]", options: .regularExpression) != nil }
      #expect(found.isEmpty, "\(name) has \(found.joined(separator: ", "))")
    }
  }

  private func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = checkoutRoot()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
