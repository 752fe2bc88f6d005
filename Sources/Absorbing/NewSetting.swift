import ContextLoading
package import ContextModel
import Diagnostics
package import FileTree
package import Platforms
package import Settings

extension Artifact {
  /// A server or hook of which there is no file yet, with some fields in it.
  ///
  /// - Throws: `Refusal` when there can be no such file; what it has instead of a secret is in no message.
  package init(new id: ArtifactID, at path: TreePath, saying changes: [SettingChange], in catalog: PlatformCatalog) throws(Refusal) {
    let empty = SourceText(path: path.text, bytes: [])
    let draft = Artifact(id: id, path: path, text: empty, fields: [], body: Body(bytes: []), tree: MemoryTree([:]))
    let bytes = try CanonicalSettings(empty).bytes(with: changes.inWholes)
    var findings: [Diagnostic] = []
    guard let artifact = draft.rereading(bytes, platformIDs: catalog.ids, findings: &findings) else {
      let found = findings.first { $0.severity == .error }
      throw Refusal(found?.message ?? "no canonical file says it", help: found?.help)
    }
    self = artifact
  }
}

extension [SettingChange] {
  /// Entries of one field as one value, in the order of the first of them.
  fileprivate var inWholes: [SettingChange] {
    var out: [SettingChange] = []
    for change in self {
      guard let key = change.path.first else { continue }
      guard change.path.count == 2, let entry = change.path.last, let value = change.value else {
        out.append(change)
        continue
      }
      if let index = out.firstIndex(where: { $0.path == [key] }), case .map(let entries)? = out[index].value {
        out[index].value = .map(entries + [.init(entry, value)])
      } else {
        out.append(SettingChange(path: [key], value: .map([.init(entry, value)])))
      }
    }
    return out
  }
}
