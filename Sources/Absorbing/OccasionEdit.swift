import ContextLoading
import ContextModel
import Formats

/// An edit of the sentence that says when a behavior applies: it is one of `on` and `tools`, and not of the body.
struct OccasionEdit {
  let changes: [HeadChange]
  /// The edited body, with the sentence as it was.
  let body: [UInt8]

  /// Nil when the sentence says what it said, or is none any more.
  init?(from written: [UInt8], to edited: [UInt8], of artifact: Artifact) {
    guard artifact.id.kind == .behavior, let old = BehaviorOccasion.find(in: written), let new = BehaviorOccasion.find(in: edited),
      old.occasion != new.occasion
    else { return nil }
    changes = ["on", "tools"].compactMap { key in
      let value = new.occasion.fields[key]
      guard value != old.occasion.fields[key] else { return nil }
      if case .list? = artifact.fields[key], case .text? = value { return HeadChange(path: [key], value: value.map { .list([$0]) }) }
      return HeadChange(path: [key], value: value)
    }
    var body = edited
    body.replaceSubrange(new.line, with: written[old.line])
    self.body = body
  }
}
