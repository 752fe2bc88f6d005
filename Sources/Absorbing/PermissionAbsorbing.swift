import ContextLoading
import ContextModel
package import Diagnostics
package import FileTree
import Platforms
package import Settings
import SettingsFiles
import YAML

/// Rules of a settings file that somebody edited.
package struct EditedRules: Sendable {
  /// What aiwg's rules are there by now.
  package var wanted: [DesiredSetting]
  /// In the settings file.
  package var place: SourcePlace
  /// Whether more may be allowed than before.
  package var allowsMore: Bool

  package init(wanted: [DesiredSetting], place: SourcePlace, allowsMore: Bool) {
    (self.wanted, self.place, self.allowsMore) = (wanted, place, allowsMore)
  }
}

extension Absorber {
  /// Takes in the rules of a settings file: what they say goes into the permissions file and the ignore file.
  ///
  /// - Parameter lens: what stands in the settings file, for the artifacts as they were when the edit was found.
  package mutating func take(_ rules: EditedRules, through lens: PermissionLens) {
    do throws(Refusal) {
      let edit: PermissionEdit
      do throws(UnreadableSetting) { edit = try lens.edit(saying: rules.wanted) } catch {
        throw Refusal(error.message, help: "make the change in the tree, and undo it here with `aiwg sync --discard`")
      }
      var made: [Artifact] = []
      let joined = try joined(edit)
      if let original = lens.delivery.permissions, !edit.replaced.isEmpty || !edit.added.isEmpty {
        made.append(try artifact(original, saying: joined))
        let before = original.permissions
        try expectConsent(edit.applied(to: before).loosened(from: before), rules.allowsMore, at: rules.place)
      } else if !edit.added.isEmpty {
        throw Refusal("there is no permissions.yaml that could say it", help: "write one, and undo the edit here with `aiwg sync --discard`")
      }
      if let original = lens.delivery.ignore, !edit.lines.isEmpty {
        let current = changed[original.id] ?? original
        let new = try ignore(current, since: original, with: edit.lines)
        try expectConsent(looser(new, than: current), rules.allowsMore, at: rules.place)
        made.append(new)
      }
      permissionEdit = joined
      for artifact in made { keep(artifact) }
    } catch {
      guard error.message != Self.unsaid else { return }
      refuse(error, at: rules.place)
    }
  }

  /// Takes in the lines of an ignore file.
  ///
  /// - Parameters:
  ///   - output: the managed block.
  ///   - delivery: whose lines they are.
  package mutating func take(_ output: EditedOutput, ignoring delivery: IgnoreDelivery, allowsMore: Bool) {
    do throws(Refusal) {
      let original = delivery.artifact
      let current = changed[original.id] ?? original
      let lens = IgnoreLens(delivery)
      let now = lens.written(for: current)
      guard let wanted = merged(output, now) else { return }
      guard wanted != now else { return }
      try expectRepositoryFile(original)
      let bytes: [UInt8]
      do throws(UnreadableSetting) { bytes = try lens.bytes(of: current, saying: wanted) } catch {
        throw Refusal(error.message, help: "make the change in `\(original.text.path)`, and undo it here with `aiwg sync --discard`")
      }
      let new = try reread(current, bytes)
      guard lens.written(for: new) == wanted else {
        throw Refusal(
          "`\(original.text.path)` would be written in another way", help: "make the change there, and undo it here with `aiwg sync --discard`")
      }
      let place = SourcePlace(path: output.file.path)
      try expectConsent(looser(new, than: current), allowsMore, at: place)
      keep(new)
    } catch {
      guard error.message != Self.unsaid else { return }
      refuse(error, at: SourcePlace(path: output.file.path))
    }
  }

  // MARK: Consent

  /// Of a refusal that is among the problems already.
  private static var unsaid: String { "" }

  private mutating func expectConsent(_ changes: [String], _ isGiven: Bool, at place: SourcePlace) throws(Refusal) {
    guard !changes.isEmpty else { return }
    guard isGiven else {
      problems.append(
        Diagnostic(
          .error, "absorb/allows-more", "with this edit in the tree, agents may do more on every platform: \(Self.inWords(changes))", at: place,
          help: "if that is meant, `aiwg sync --absorb --allow-more`; `aiwg sync --discard` saves and undoes the edit"))
      throw Refusal(Self.unsaid)
    }
    loosened.append((place, changes))
  }

  /// Several changes, in words.
  package static func inWords(_ changes: [String]) -> String { changes.map { "`\($0)`" }.joined(separator: ", ") }

  /// Lines that are ignored no more, or may not be.
  private func looser(_ new: Artifact, than old: Artifact) -> [String] {
    let (before, after) = (IgnoreLens.lines(of: old), IgnoreLens.lines(of: new))
    let isSame = before.filter(after.contains) == after.filter(before.contains)
    let gone = before.filter { !$0.hasPrefix("!") && !after.contains($0) }
    let back = after.filter { $0.hasPrefix("!") && (!before.contains($0) || !isSame) }
    return gone.map { "no ignore: \($0)" } + back.map { "ignore: \($0)" }
  }

  // MARK: Files

  private mutating func keep(_ artifact: Artifact) {
    originals[artifact.id] = originals[artifact.id] ?? originalBytes[artifact.id]
    changed[artifact.id] = artifact
  }

  private func expectRepositoryFile(_ artifact: Artifact) throws(Refusal) {
    guard artifact.repositoryPath == nil else { return }
    let help = "say it in a source of this repository that comes later in aiwg.yaml, and undo it here with `aiwg sync --discard`"
    throw Refusal("`\(artifact.text.path)` lies outside of the repository, where nothing is written", help: help)
  }

  /// This edit beside those of other settings files.
  private func joined(_ edit: PermissionEdit) throws(Refusal) -> PermissionEdit {
    var out = permissionEdit
    for (old, new) in edit.replaced {
      if let other = out.replaced[old], other != new {
        switch preference {
        case .ours?: continue
        case .theirs?: break
        case nil: throw Refusal("`\(old)` was edited elsewhere too", help: "choose with `--ours` or `--theirs`")
        }
      }
      out.replaced.updateValue(new, forKey: old)
    }
    out.added += edit.added.filter { !out.added.contains($0) }
    return out
  }

  private mutating func artifact(_ original: Artifact, saying edit: PermissionEdit) throws(Refusal) -> Artifact {
    try expectRepositoryFile(original)
    originalBytes[original.id] = original.text.bytes
    let own = try reread(original, original.text.bytes)
    // What an earlier source denies is in no line of this file.
    let inherited = original.permissions.filter { !own.permissions.contains($0) }
    if let other = inherited.first(where: { edit.replaced[$0] != nil }) {
      throw Refusal("`\(other)` comes from an earlier source, and nothing takes it back", help: "make the change there")
    }
    let wanted = edit.applied(to: own.permissions)
    guard let bytes = permissionBytes(of: own, saying: wanted) else {
      throw Refusal("`\(original.text.path)` is written in a way that cannot be edited safely", help: "make the change there by hand")
    }
    var new = try reread(original, bytes)
    guard new.permissions == wanted else {
      throw Refusal("`\(original.text.path)` cannot say it", help: "make the change there, and undo it here with `aiwg sync --discard`")
    }
    let kept = inherited.filter { $0.decision == .deny }.map { FieldValue.map([.init($0.subject.rawValue, .text($0.text))]) }
    if !kept.isEmpty {
      var own: [FieldValue] = []
      if case .list(let items)? = new.fields["deny"] { own = items }
      new.fields = new.fields.filter { $0.key != "deny" } + [Field("deny", .list(kept + own))]
    }
    return new
  }

  private mutating func ignore(_ current: Artifact, since original: Artifact, with edit: [String: String?]) throws(Refusal) -> Artifact {
    try expectRepositoryFile(original)
    originalBytes[original.id] = original.text.bytes
    let now = IgnoreLens.lines(of: current)
    // What another file's edit made of them already is made.
    let open = edit.filter { old, new in now.contains(old) || !(new.map(now.contains) ?? true) }
    if let lost = open.keys.sorted().first(where: { !now.contains($0) }) {
      throw Refusal("the line `\(lost)` was edited elsewhere too", help: "make one of the two edits in `\(original.text.path)`")
    }
    guard let bytes = IgnoreLens.bytes(of: current, replacing: open) else {
      throw Refusal("a line of it comes from an earlier source", help: "make the change there, and undo it here with `aiwg sync --discard`")
    }
    return try reread(current, bytes)
  }

  /// The file with other bytes, and with what earlier sources ignore.
  private mutating func reread(_ artifact: Artifact, _ bytes: [UInt8]) throws(Refusal) -> Artifact {
    originalBytes[artifact.id] = originalBytes[artifact.id] ?? artifact.text.bytes
    var findings: [Diagnostic] = []
    guard var out = artifact.rereading(bytes, platformIDs: catalog.ids, findings: &findings) else {
      let reason = findings.first { $0.severity == .error }?.message ?? "its file could not be read then"
      throw Refusal("`\(artifact.text.path)`: \(reason)", help: "make the change there, and undo it here with `aiwg sync --discard`")
    }
    if artifact.id.kind == .ignore { out.body = Body(bytes: IgnoreLens.inherited(by: artifact) + bytes) }
    return out
  }
}

/// The bytes of a permissions file after the smallest edit with which it says these lines; nil when it cannot be edited safely.
private func permissionBytes(of file: Artifact, saying wanted: [Permission]) -> [UInt8]? {
  var changes: [HeadChange] = []
  for decision in Permission.Decision.allCases {
    let (old, new) = (file.permissions.filter { $0.decision == decision }, wanted.filter { $0.decision == decision })
    if old == new { continue }
    let items = new.map { FieldValue.map([.init($0.subject.rawValue, .text($0.text))]) }
    changes.append(HeadChange(path: [decision.rawValue], value: new.isEmpty && !wanted.isEmpty ? nil : .list(items)))
  }
  return bytes(ofKeysOnly: file.text, making: changes)
}

/// A file that is nothing but keys, edited as the head that it would be between two lines of dashes.
private func bytes(ofKeysOnly text: SourceText, making changes: [HeadChange]) -> [UInt8]? {
  let newline = Array(text.newline.utf8)
  let dashes = Array("---".utf8) + newline
  let hasDashes = text.bytes.starts(with: dashes)
  let hasEnd = text.bytes.isEmpty || text.bytes.last == UInt8(ascii: "\n")
  let framed = (hasDashes ? [] : dashes) + text.bytes + (hasEnd ? [] : newline) + dashes
  guard let edits = headEdits(of: SourceText(path: text.path, bytes: framed), making: changes) else { return nil }
  var out = edits.applied(to: framed)
  guard out.suffix(dashes.count).elementsEqual(dashes), hasDashes || out.starts(with: dashes) else { return nil }
  out.removeLast(dashes.count)
  return hasDashes ? out : Array(out.dropFirst(dashes.count))
}
