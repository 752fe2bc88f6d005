package import ContextModel
package import Diagnostics

extension Artifact {
  /// The same artifact with other bytes in its file; what a translation inherits stays.
  ///
  /// - Parameter platformIDs: by id or alias: the id.
  /// - Returns: nil when something is wrong with the bytes; then at least one error is among the findings.
  package func rereading(_ bytes: [UInt8], platformIDs: [String: String], findings: inout [Diagnostic]) -> Artifact? {
    var found: [Diagnostic] = []
    let source = SourceText(path: text.path, bytes: bytes)
    if id.kind == .ignore { return rereadingIgnore(source, findings: &findings) }
    let file = id.kind.isSetting ? MarkdownFile(keysOnly: source, findings: &found) : MarkdownFile(source, findings: &found)
    var reader = HeadReader(file.text, id, platformIDs: platformIDs, isTranslation: language != nil)
    var head = id.kind == .permissions ? reader.readPermissions(file.pairs) : reader.read(file.pairs)
    if id.kind.isSetting, !found.hasErrors { reader.checkWhole(head, in: source) }
    found += reader.findings
    if language != nil {
      head = head.inheriting(from: inherited)
    } else if let missing = missingDescription(head, id, in: file) {
      found.append(missing)
    }
    if let missing = missingGlobs(head, id, in: file) { found.append(missing) }
    found += behaviorFindings(head, id, in: file)
    findings += found
    guard !found.hasErrors, bytes.count <= mostArtifactBytes else { return nil }
    var out = self
    (out.text, out.fields, out.overrides, out.audience) = (file.text, head.fields, head.overrides, head.audience ?? Audience())
    out.body = scannedBody(Array(bytes[file.body]), hasArguments: id.kind == .command || id.kind == .skill)
    return out
  }

  /// Lines are what they are; what an earlier source ignores is not in them.
  private func rereadingIgnore(_ source: SourceText, findings: inout [Diagnostic]) -> Artifact? {
    var found: [Diagnostic] = []
    _ = readIgnore(source, &found)
    findings += found
    guard !found.hasErrors, source.bytes.count <= mostArtifactBytes else { return nil }
    var out = self
    (out.text, out.body) = (source, Body(bytes: source.bytes))
    return out
  }

  /// What the base file says: inherited fields have no bytes of their own.
  private var inherited: Head {
    var head = Head()
    head.fields = fields.filter(\.range.isEmpty)
    head.overrides = overrides.mapValues { $0.filter(\.range.isEmpty) }
    head.audience = audience
    return head
  }
}
