package import Diagnostics
import FileTree

/// Looks into files for what somebody hides from the people who read them.
package struct Auditor: Sendable {
  /// More than these are not told of one file.
  package static let mostFindings = 50
  /// Of a file no more bytes are looked at than these; platforms read far less.
  package static let mostBytes = 16 << 20

  private let phrases = PhraseSearch()
  private let grants = Grants()

  package init() {}

  /// What is found in one file, in its order.
  package func audit(_ file: AuditedFile) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if let wrong = LookAlikes.wrong(withName: file.path.text, isPath: true) {
      found.append(
        Diagnostic(
          .error, AuditKind.lookAlikeName.id, "in the path, \(wrong)", at: SourcePlace(path: file.shownAs),
          help: "rename it, and look up who made it: one name stands in for another"))
    }
    if let opaque = Opaque(file) { return found + opaque.diagnostics }
    var file = file
    if let text = UTF16Text(file.bytes) { file.bytes = text.bytes }
    found += tooLarge(file)
    let lowered = file.bytes.inLowerCase
    found += file.bytes.withUnsafeBufferPointer { bytes in
      lowered.withUnsafeBufferPointer { lowered in diagnostics(bytes, lowered, file) }
    }
    return found
  }

  private func diagnostics(_ bytes: UnsafeBufferPointer<UInt8>, _ lowered: UnsafeBufferPointer<UInt8>, _ file: AuditedFile) -> [Diagnostic] {
    var list = FindingList()
    searchBeyondASCII(bytes, file, &list)
    phrases.search(bytes, lowered, file, &list)
    grants.search(file, &list)
    list.dropWhatIsToldBetter()
    let (findings, more, worst) = list.shown(most: Self.mostFindings)
    guard !findings.isEmpty else { return [] }
    var places = PlaceFinder(path: file.shownAs, bytes: bytes)
    var out = findings.map { places.diagnostic(of: $0) }
    if more > 0 {
      out.append(
        Diagnostic(
          worst ?? .warning, AuditKind.more.id, "\(more) more findings in this file, which are not shown", at: SourcePlace(path: file.shownAs),
          help: "correct those that are shown, and run it again"))
    }
    return out
  }

  private func tooLarge(_ file: AuditedFile) -> [Diagnostic] {
    guard let size = file.fullSize, size > file.bytes.count else { return [] }
    return [
      Diagnostic(
        .error, AuditKind.tooLarge.id, "\(size) bytes are too many: only the first \(file.bytes.count) were looked at",
        at: SourcePlace(path: file.shownAs),
        help: "no platform reads that much; take it out, or allow it in aiwg.yaml when you know what is in it")
    ]
  }

  /// One pass that stops nowhere in ASCII.
  private func searchBeyondASCII(_ bytes: UnsafeBufferPointer<UInt8>, _ file: AuditedFile, _ out: inout FindingList) {
    var hidden = HiddenCharacters(bytes)
    let looks = LookAlikes(bytes)
    var isBroken = false
    var index = bytes.nextBeyondASCII(from: 0)
    while index < bytes.count {
      let scalar = bytes.scalar(at: index)
      var next = scalar.range.upperBound
      if scalar.value == 0xFFFD && scalar.range.count == 1 {
        if !isBroken { notUTF8(at: index, &out) }
        isBroken = true
      } else if scalar.value.hiddenClass != nil {
        next = hidden.search(at: index, &out)
      } else if scalar.value >= 0xF0000 {
        next = privateRun(at: index, in: bytes, &out)
      } else if (0x80...0x9F).contains(scalar.value), scalar.value != 0x85 {
        out.add(
          Finding(
            kind: .controlCharacter, severity: .warning, range: scalar.range, message: "a control character, \(scalar.value.codePoint)",
            help: "delete it"))
      } else if let look = Confusables.look(of: scalar.value), look.script != .onlyInHosts {
        next = looks.search(at: index, &out)
      }
      index = bytes.nextBeyondASCII(from: next)
    }
  }

  private func notUTF8(at index: Int, _ out: inout FindingList) {
    out.add(
      Finding(
        kind: .notUTF8, severity: .note, range: index..<index + 1,
        message: "from here on this is not all UTF-8, and each reader makes something else of it",
        help: "save the file as UTF-8"))
  }
}

extension [UInt8] {
  /// With ASCII letters in lower case.
  fileprivate var inLowerCase: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { out, initialized in
      withUnsafeBufferPointer { bytes in
        for index in bytes.indices {
          let byte = bytes[index]
          out[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
        }
      }
      initialized = count
    }
  }
}

extension Auditor {
  /// Whether every pattern of the tables can be read; for a test.
  package static var isComplete: Bool {
    PhraseSearch().isComplete && (Excuses.patterns + HiddenComments.patterns).allSatisfy { $0 != nil }
  }
}
