import ContextLoading
package import ContextModel
import Diagnostics
import FileTree
package import Formats
import Layout
package import Platforms
import TextDiff
import YAML

extension Artifact {
  /// The artifact after the smallest edit of its file with which the lens writes those bytes.
  ///
  /// What it comes to is written and compared: an edit that would not give the same bytes is refused.
  /// - Throws: `Refusal` when there is none.
  package init(saying edited: [UInt8], through lens: Lens, in catalog: PlatformCatalog) throws(Refusal) {
    let written: Lens.Written
    let text: OutputText
    do throws(ReadingProblem) {
      written = try lens.write()
      text = try OutputText(edited, at: lens.delivery.place, form: lens.delivery.form)
    } catch {
      throw Refusal(error, in: edited)
    }
    let attempt = Attempt(lens: lens, written: written, edited: edited, text: text, catalog: catalog)
    self = edited == written.bytes ? lens.delivery.artifact : try attempt.result()
  }
}

extension Refusal {
  init(_ problem: ReadingProblem, in edited: [UInt8]) {
    let line = problem.range.map { range in edited.prefix(range.lowerBound).count { $0 == UInt8(ascii: "\n") } + 1 }
    self.init(problem.message, line: line, help: problem.help)
  }
}

/// The search for an edit of a canonical file.
private struct Attempt {
  let lens: Lens
  let written: Lens.Written
  let edited: [UInt8]
  let text: OutputText
  let catalog: PlatformCatalog

  private var artifact: Artifact { lens.delivery.artifact }
  /// Whether other platforms read the file too.
  private var isShared: Bool { lens.delivery.platforms.count > 1 }

  func result() throws(Refusal) -> Artifact {
    try expectHead()
    var reason: Refusal?
    let occasion = OccasionEdit(from: written.text.body, to: text.body, of: artifact)
    for changes in try headChanges() {
      for edits in try bodyEdits(to: occasion?.body ?? text.body) {
        guard let found = source(making: changes + (occasion?.changes ?? []), edits, &reason) else { continue }
        return found
      }
    }
    throw reason ?? unwritable(written.bytes)
  }

  /// A head that is only no longer where one is looked for was not meant as text.
  private func expectHead() throws(Refusal) {
    guard [.markdown, .skill].contains(lens.delivery.place.format), let headEnd = written.text.bodyStart, headEnd > 0, text.bodyStart == 0 else {
      return
    }
    let (old, new) = (linesWithEnds(of: written.bytes), linesWithEnds(of: edited))
    let gone = differences(from: old, to: new).map(\.old)
    let head = old.prefix { $0.startIndex < headEnd }
    guard let left = head.indices.first(where: { line in !gone.contains { $0.contains(line) } }) else { return }
    throw Refusal(
      "the head is no longer one", line: new.firstIndex(of: old[left]).map { $0 + 1 },
      help: "begin the file with its line `---`, and end the head with another one")
  }

  /// The reason when what comes out is something else, such as where an edit turns text into code.
  private func unwritable(_ bytes: [UInt8]) -> Refusal {
    Refusal(
      "with it, the canonical file would be written in another way from this line on", line: firstDifference(from: bytes),
      help: "make the change in the canonical file")
  }

  /// In the order in which they are to be tried: what new text says in the place's spelling, or literally.
  private func bodyEdits(to body: [UInt8]) throws(Refusal) -> [[ByteEdit]] {
    let start = artifact.text.count - artifact.body.bytes.count
    let mapping = BodyMapping(written: written.text.body, runs: written.runs)
    let firstLine = edited.prefix(text.bodyStart ?? 0).count { $0 == UInt8(ascii: "\n") }
    var out: [[ByteEdit]] = []
    for isRespelled in [true, false] {
      do throws(Refusal) {
        let edits = try mapping.edits(to: body) { inOwnStyle(isRespelled ? lens.canonicalSpelling(of: $0) : $0) }
        let moved = edits.map { ByteEdit($0.range.lowerBound + start..<$0.range.upperBound + start, $0.replacement) }
        if !out.contains(moved) { out.append(moved) }
      } catch {
        throw Refusal(error.message, line: error.line.map { $0 + firstLine }, help: error.help)
      }
    }
    return out
  }

  /// New lines of a block get the line ends of the canonical file.
  private func inOwnStyle(_ text: [UInt8]) -> [UInt8] {
    let body = artifact.body.bytes
    guard lens.delivery.place.format == .block, body.contains(UInt8(ascii: "\r")) else { return text }
    let windows = zip(body, body.dropFirst()).count { $0 == UInt8(ascii: "\r") && $1 == UInt8(ascii: "\n") }
    guard windows * 2 > body.count(where: { $0 == UInt8(ascii: "\n") }) else { return text }
    return text.flatMap { $0 == UInt8(ascii: "\n") ? Array("\r\n".utf8) : [$0] }
  }

  /// In the order in which they are to be tried.
  private func headChanges() throws(Refusal) -> [[HeadChange]] {
    let (old, new) = (written.text.fields, text.fields)
    guard !isSame(old, new) else { return [[]] }
    if let twice = new.first(where: { field in new.count { $0.key == field.key } > 1 }) {
      throw Refusal(ReadingProblem("`\(twice.key)` is there twice", at: twice.range), in: edited)
    }
    if let moved = try changesOfActivation(new) { return [moved] }
    let own = artifact.overrides[lens.delivery.platforms[0]] ?? []
    var (changes, problems) = lens.head.changes(from: old, to: new, of: artifact.fields, overrides: own)
    if let problem = problems.first { throw Refusal(problem, in: edited) }
    if let index = changes.firstIndex(where: { $0.path == ["description"] }), let lead = lens.leadOfDescription {
      let text = changes[index].value?.scalarText ?? ""
      guard text.hasPrefix(lead) || !isShared else {
        let help = "write what it is about behind `\(lead)`, or change `description` in the canonical file"
        throw Refusal("aiwg begins this description, since the rule stands here for want of room elsewhere", help: help)
      }
      if text.hasPrefix(lead) {
        changes[index].value = .text(String(text.dropFirst(lead.count)))
      } else {
        // Then it is no more than what this platform is told.
        changes[index].path = [lens.delivery.platforms[0], "description"]
      }
    }
    guard !isShared, lens.delivery.place.format != .block else { return [changes] }
    // A key that the place writes from another one can still be the platform's own.
    let platform = lens.delivery.platforms[0]
    let keys = Set(new.map(\.key) + old.map(\.key)).filter { new[$0] != old[$0] }.sorted()
    // A field that the canonical file, or the one that it translates, has already is changed there.
    let isOwn = { (key: String) in !lens.head.makes(key) && artifact.fields[key] == nil }
    // Of a switch that is off the place may write nothing at all.
    let switches = keys.filter { new[$0] == .bool(false) }.map { HeadChange(path: [platform, $0], value: new[$0]) }
    let others = changes.filter { change in !switches.contains { $0.path.last == change.path.last } }
    let stated = switches.isEmpty ? [changes] : [changes, others + switches]
    guard keys.contains(where: { isOwn($0) && new[$0] != nil }) else { return stated }
    let general = changes.filter { !keys.contains($0.path[$0.path.count - 1]) || !isOwn($0.path[$0.path.count - 1]) }
    return stated + [general + keys.filter(isOwn).map { HeadChange(path: [platform, $0], value: new[$0]) }]
  }

  /// A head by which the rule loads at other times is one of another form.
  private func changesOfActivation(_ new: [Field]) throws(Refusal) -> [HeadChange]? {
    let delivery = lens.delivery
    guard artifact.id.kind == .rule, delivery.place.format == .markdown, !delivery.isReview else { return nil }
    let before = catalog.activation(of: written.text.fields, at: delivery.path.text, for: delivery.platforms)
    guard let after = catalog.activation(of: new, at: delivery.path.text, for: delivery.platforms), after != before else { return nil }
    guard let form = delivery.place.forms[Shape(kind: .rule, activation: after)], form.constants.allSatisfy({ new[$0.key] == $0.value }) else {
      return nil
    }
    let reading = HeadReading(form, of: delivery)
    let (changes, problems) = reading.changes(saying: new)
    if let problem = problems.first { throw Refusal(problem, in: edited) }
    let patterns = artifact.fields["paths"] != nil && artifact.fields["globs"] == nil ? "paths" : "globs"
    var out: [HeadChange] = []
    for var change in changes {
      if change.path == ["globs"] || change.path == ["paths"] { change.path = [patterns] }
      if change.path.count > 1 || artifact.fields[change.path[0]] != change.value { out.append(change) }
    }
    switch after {
    case .always: for key in ["globs", "paths"] where artifact.fields[key] != nil { out.append(HeadChange(path: [key], value: nil)) }
    case .globs: break
    case .model, .manual: out.append(HeadChange(path: ["activation"], value: .text(after.rawValue)))
    }
    if after == .always || after == .globs, artifact.fields["activation"] != nil { out.append(HeadChange(path: ["activation"], value: nil)) }
    return out
  }

  /// Makes the edit and looks whether it says what was asked for.
  private func source(making changes: [HeadChange], _ bodyEdits: [ByteEdit], _ reason: inout Refusal?) -> Artifact? {
    let inherited = changes.first { change in artifact.fields.contains { $0.key == change.path[0] && $0.range.isEmpty } }
    if artifact.language != nil, let inherited {
      reason = reason ?? Refusal("`\(inherited.path[0])` comes from the file that this one is a translation of", help: "change it there")
      return nil
    }
    guard let headEdits = changes.isEmpty ? [] : headEdits(of: artifact.text, making: changes.map(inFile)) else {
      let keys = changes.map { "`" + $0.path.joined(separator: ".") + "`" }.joined(separator: ", ")
      reason = reason ?? Refusal("the head of the canonical file cannot be changed in \(keys)", help: "change it there")
      return nil
    }
    let bytes = (headEdits + bodyEdits).applied(to: artifact.text.bytes)
    guard let changed = changed(to: bytes, &reason), let after = written(for: changed, &reason) else { return nil }
    if after.bytes == edited { return changed }
    guard after.text.body == text.body, isSame(after.text.fields, text.fields) else {
      reason = reason ?? unwritable(after.bytes)
      return nil
    }
    if let spelled = spelledAlike(changed, after), written(for: spelled, &reason)?.bytes == edited { return spelled }
    reason = reason ?? misspelled(after)
    return nil
  }

  /// The artifact with other bytes in its file.
  private func changed(to bytes: [UInt8], _ reason: inout Refusal?) -> Artifact? {
    var findings: [Diagnostic] = []
    let changed = artifact.rereading(bytes, platformIDs: catalog.ids, findings: &findings)
    if changed == nil {
      reason = reason ?? Refusal("the canonical file would not be valid: \(findings.first { $0.severity == .error }?.message ?? "")")
    }
    return changed
  }

  private func written(for changed: Artifact, _ reason: inout Refusal?) -> Lens.Written? {
    let after = try? lens.replacing(changed)?.write()
    if after == nil { reason = reason ?? Refusal("the place has no form for what the artifact would be") }
    return after
  }

  /// The artifact with values in the quotes that the edited output has around them.
  private func spelledAlike(_ changed: Artifact, _ after: Lens.Written) -> Artifact? {
    let fields = (changed.overrides[lens.delivery.platforms[0]] ?? []) + changed.fields
    var edits: [ByteEdit] = []
    for field in text.fields {
      let line = edited[field.range]
      guard let same = after.text.fields.first(where: { $0.key == field.key }), after.bytes[same.range] != line else { continue }
      guard let source = fields.first(where: { $0.key == field.key }), !source.range.isEmpty else { return nil }
      edits.append(ByteEdit(source.range, line))
    }
    var ignored: Refusal?
    let bytes = edits.sorted { $0.range.lowerBound < $1.range.lowerBound }.applied(to: changed.text.bytes)
    return edits.isEmpty ? nil : self.changed(to: bytes, &ignored)
  }

  /// The reason when the head says the same as aiwg's, and is spelled as aiwg spells nothing.
  private func misspelled(_ after: Lens.Written) -> Refusal {
    if text.hasComments {
      return Refusal("a comment in the head has no place in the tree", help: "put it into the canonical file")
    }
    let line = firstDifference(from: after.bytes)
    let own = linesWithEnds(of: after.bytes)
    let spelled = own.indices.contains(line - 1) ? String(decoding: own[line - 1], as: UTF8.self).filter { !$0.isNewline } : ""
    return Refusal("the head says in other letters what aiwg writes as `\(spelled)`", line: line, help: "write it so")
  }

  /// The change with a platform's key as the file spells it: it may use another name of the platform.
  private func inFile(_ change: HeadChange) -> HeadChange {
    guard change.path.count == 2, artifact.overrides[change.path[0]] != nil, let head = HeadSplit(artifact.text.bytes).head else { return change }
    var findings: [Diagnostic] = []
    let root = parseYAML(artifact.text, in: head, limits: .frontmatter, diagnostics: &findings)
    let key = root?.pairs?.first { catalog.ids[$0.keyText] == change.path[0] && $0.value.pairs != nil }?.keyText
    return HeadChange(path: [key ?? change.path[0], change.path[1]], value: change.value)
  }

  private func isSame(_ first: [Field], _ second: [Field]) -> Bool {
    let (old, new) = (lens.head.meant(by: first), lens.head.meant(by: second))
    return old.count == new.count
      && old.allSatisfy { field in
        guard let other = new[field.key] else { return false }
        // A description that looks like a number is a text all the same.
        return other == field.value || (field.key == "description" && other.scalarText != nil && other.scalarText == field.value.scalarText)
      }
  }

  /// The line of the edited text, from 1, where another one parts from it.
  private func firstDifference(from other: [UInt8]) -> Int {
    zip(edited, other).prefix { $0 == $1 }.count { $0.0 == UInt8(ascii: "\n") } + 1
  }
}

extension Place.Form {
  /// What every file of the form says.
  fileprivate var constants: [Field] {
    fields.compactMap { rule in
      if case .constant(let value) = rule.source { Field(rule.key, value) } else { nil }
    }
  }
}
