import Diagnostics
package import FileTree
import SettingsFiles
import SharedFiles

extension Record {
  /// Whether the file at the place of an output holds something that is not aiwg's, so that git must not be kept from it.
  /// - Throws: `TreeError` when it cannot be read.
  package func hasUsersContent(beside output: DesiredOutput, in tree: some ReadableTree) throws(TreeError) -> Bool {
    if case .file = output.form { return false }
    guard case .file = try tree.observe(output.path) else { return false }
    guard case .bytes(let bytes) = try tree.read(output.path, atMost: mostSharedBytes) else { return true }
    switch output.form {
    case .file: return false
    case .block(_, let syntax):
      switch findBlock(in: SourceText(path: output.path.text, bytes: bytes), syntax: syntax) {
      case .found(let block): return !block.removed().isEmpty
      // It may be an output of before, as a whole.
      case .none: return !bytes.isEmpty && claims[output.path]?.contains(Claim(Digest(of: bytes))) != true
      case .damaged: return true
      }
    case .settings(_, let syntax):
      guard let file = try? SettingsFile(bytes, syntax: syntax, path: output.path.text),
        let rest = try? SettingsEdit(file, settings[output.path] ?? Settings(), []).made().bytes
      else { return true }
      return created[output.path]?.contains(Digest(of: rest)) != true
    }
  }
}
