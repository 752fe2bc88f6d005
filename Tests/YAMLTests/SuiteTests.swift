import Diagnostics
import Foundation
import TestSupport
import Testing
import YAML

@Suite struct SuiteTests {
  /// The cases of yaml-test-suite, when they are there.
  static let cases: [URL] = {
    guard let directory = sharedDirectory("testdata/yaml-test-suite") else { return [] }
    let files = FileManager.default.enumerator(at: URL(fileURLWithPath: directory), includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.lastPathComponent == "in.yaml" }.sorted { $0.path < $1.path }
  }()

  @Test(.enabled(if: !cases.isEmpty, "yaml-test-suite is not there"))
  func everyCaseIsReadOrRefused() throws {
    var (read, refused) = (0, 0)
    for file in Self.cases {
      let reading = Reading(bytes: [UInt8](try Data(contentsOf: file)), limits: .configuration)
      if reading.root == nil { refused += 1 } else { read += 1 }
      #expect(reading.root == nil || reading.findings.isEmpty)
      for finding in reading.findings { #expect(finding.place?.line != nil, "\(file.path): \(finding)") }
      if let root = reading.root { #expect(Self.nests(root), "\(file.path)") }
    }
    print("yaml-test-suite: \(Self.cases.count) cases, \(read) read, \(refused) refused or empty")
  }

  /// Whether each child lies within its parent.
  static func nests(_ node: YAMLNode) -> Bool {
    let children = (node.list ?? []) + (node.pairs ?? []).flatMap { [$0.key, $0.value] }
    return children.allSatisfy { node.range.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= node.range.upperBound && nests($0) }
  }
}
