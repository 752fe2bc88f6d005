/// The kinds of findings; what follows the `audit/` of an id is the raw value, and stays what it is.
package enum AuditKind: String, CaseIterable, Sendable {
  // What is there and not seen.
  case zeroWidth = "zero-width"
  case bidi
  case tagCharacters = "tag-characters"
  case variationSelectors = "variation-selectors"
  case privateUse = "private-use"
  case controlCharacter = "control-character"
  case hiddenComment = "hidden-comment"
  case hiddenMarkup = "hidden-markup"
  case padding

  // What looks like something else.
  case mixedScript = "mixed-script"
  case lookAlikeName = "look-alike-name"
  case lookAlikeURL = "look-alike-url"

  // What a model is told.
  case override
  case conceal
  case exfiltrate
  case dropSite = "drop-site"
  case disableSafety = "disable-safety"
  case plantCode = "plant-code"
  case selfCopy = "self-copy"

  // What is run.
  case fetchAndRun = "fetch-and-run"
  case decodeAndRun = "decode-and-run"
  case reverseShell = "reverse-shell"
  case destroy
  case secret

  // What settings start and grant.
  case unpinned
  case writableProgram = "writable-program"
  case cleartextServer = "cleartext-server"
  case injectingEnvironment = "injecting-environment"
  case redirectedModel = "redirected-model"
  case runsOnOpen = "runs-on-open"
  case allowAll = "allow-all"
  case remoteSchema = "remote-schema"

  // What could not be looked at, or only in part.
  case program
  case linkOutside = "link-outside"
  case unreadable
  case tooLarge = "too-large"
  case notUTF8 = "not-utf8"
  case more
  case idleAllowance = "idle-allowance"

  /// As findings and `allow:` have it.
  package var id: String { "audit/" + rawValue }

  /// The kind of an id; nil when there is none.
  package init?(id: String) {
    guard id.hasPrefix("audit/") else { return nil }
    self.init(rawValue: String(id.dropFirst("audit/".count)))
  }

  /// Whether `allow:` can name it: what was not looked at cannot be judged, and what is counted is no finding of its own.
  package var canBeAllowed: Bool { self != .more && self != .idleAllowance }
}
