import Diagnostics
import TestSupport
import Testing

/// Each case of yaml-test-suite as the head of a rule.
@Suite struct SuiteTests {
  @Test(.enabled(if: YAMLSuite.cases != nil, "yaml-test-suite is not there"))
  func everyHeadIsAnArtifactOrAFinding() throws {
    var (read, refused) = (0, 0)
    for each in YAMLSuite.cases ?? [] {
      for end in ["", "\n"] {
        let bytes = Array("---\n".utf8) + each.input + Array("\(end)---\nBody.\n".utf8)
        let clock = ContinuousClock()
        var loading = Loading([:])
        let time = clock.measure { loading = Loading.bytes("rules/a.md", bytes) }
        #expect(time < .seconds(1), "\(each.id)")
        let errors = loading.findings.filter { $0.severity == .error }
        #expect(loading.ids == (errors.isEmpty ? ["rules/a"] : []), "\(each.id)")
        for finding in errors { #expect(finding.place?.line != nil && finding.place?.path == "rules/a.md", "\(each.id): \(finding)") }
        if errors.isEmpty { read += 1 } else { refused += 1 }
      }
    }
    print("yaml-test-suite as heads: \(read) artifacts, \(refused) refused")
  }
}
