extension Report.Way {
  /// What stands for it in a table.
  var letter: String {
    switch self {
    case .native: "N"
    case .block: "B"
    case .skill: "S"
    case .other: "O"
    case .settings: "C"
    case .review: "R"
    case .demand: "D"
    case .unread: "?"
    case .missing: "×"
    case .excluded: "–"
    }
  }

  /// Such as in `5 natively`.
  package var adverb: String {
    switch self {
    case .native: "natively"
    case .block: "in a block"
    case .skill: "as skills"
    case .other: "in another form"
    case .settings: "in settings"
    case .review: "for reviewers"
    case .demand: "on demand"
    case .unread: "not seen to load"
    case .missing: "not at all"
    case .excluded: "not meant for it"
    }
  }

  /// What it means, as a sentence.
  var meaning: String {
    switch self {
    case .native: "a file of its own, in the platform's own form for the kind"
    case .block: "a section of a managed block, in a file that the platform reads as a whole"
    case .skill: "a skill that stands in for it, loaded when it is needed"
    case .other: "a form of another kind that stands in for it"
    case .settings: "members of the platform's settings, or lines of its ignore file"
    case .review: "read by those who review changes, and by nobody else"
    case .demand: "loaded only when somebody asks for it"
    case .unread: "written, and nothing says that the platform loads it"
    case .missing: "the platform goes without it"
    case .excluded: "the artifact is not for that platform"
    }
  }
}
