import Diagnostics
import ProjectFile
import TestSupport
import Testing

/// The file of a text that is in order.
func projectFile(_ text: String) throws -> ProjectFile {
  var diagnostics: [Diagnostic] = []
  let file = ProjectFile(SourceText(path: "aiwg.yaml", bytes: Array(text.utf8)), diagnostics: &diagnostics)
  return try #require(file, "\(rendered(diagnostics))")
}

/// What is found in a text that is not.
func findings(_ text: String) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  let file = ProjectFile(SourceText(path: "aiwg.yaml", bytes: Array(text.utf8)), diagnostics: &diagnostics)
  #expect(file == nil)
  return diagnostics
}
