package import Schemas

extension Project {
  /// The newest version of aiwg.yaml that is read; docs/compatibility.md says when it is raised.
  package static let formatVersion = 1
  /// The newest version of aiwg.local.yaml that is read.
  package static let overlayVersion = 1

  private static func version(_ newest: Int) -> SchemaKey {
    SchemaKey("version", "The version of this format; 1 when it is left out.", .numbers(Array(1...newest)))
  }

  /// What aiwg.yaml may say; the decoder knows no other keys.
  ///
  /// It names the definition `platform`.
  package static let schema = Schema.object([
    version(formatVersion),
    SchemaKey(
      "requires", "The versions of aiwg that may write here, such as `>=0.3 <1`; all bounds must hold.",
      .either([.number, .string(pattern: #"^[ ,]*(>=|<=|>|<|=)?[0-9]+(\.[0-9]+){0,2}([ ,]+(>=|<=|>|<|=)?[0-9]+(\.[0-9]+){0,2})*[ ,]*$"#)])),
    SchemaKey("platforms", "The platforms that get files, by id or alias; `all` is every one.", .list(of: .named("platform")).orNothing),
    SchemaKey("sources", "Where artifacts come from. Later ones win over earlier ones, by kind and name.", .list(of: Source.schema).orNothing),
    SchemaKey("locale", "A language tag such as `es` or `pt-BR`: translations are taken where there are any, the base file elsewhere.", .text()),
    SchemaKey(
      "show", "Fields, such as `severity`, that go into the text of every artifact that has them, as one line under the title.",
      .list(of: .text()).orNothing),
    SchemaKey("commit", "Whether outputs are committed. With `false`, git is kept from them by a block in .gitignore.", .flag),
    SchemaKey(
      "projects", "Folders below this one with an aiwg.yaml of their own, which a run from here covers; `packages/*` is each folder there.",
      .list(of: .text()).orNothing),
    SchemaKey(
      "nested", "Directories that may get a file with the rules that are for them alone; `true` is every one, `packages/*` each folder there.",
      .either([.flag, .list(of: .text())])),
    SchemaKey(
      "scope", "Whose files it is about: `project` for a repository, `user` for the aiwg.yaml of `--scope user`.", .words(of: Scope.self)),
    SchemaKey(
      "lint", "What findings of `aiwg lint` weigh here, by id, such as `globs/nothing: off`.", Schema.map(of: .words(of: LintWeight.self)).orNothing),
    SchemaKey("audit", "What `aiwg audit` lets be here.", auditSchema.orNothing),
  ]).orNothing

  static let auditSchema = Schema.object([
    SchemaKey("allow", "Findings that somebody looked at and lets be.", .list(of: AuditAllowance.schema).orNothing)
  ])

  /// What aiwg.local.yaml may say; it names the definition `platform-change`.
  package static let overlaySchema = Schema.object([
    version(overlayVersion),
    SchemaKey("sources", "Sources that only you have, behind all others: folders, or the library.", .list(of: Source.ownSchema).orNothing),
    SchemaKey(
      "platforms", "`+x` gives you the files of a platform that the project is not for, `-x` keeps yours from one.",
      .list(of: .named("platform-change")).orNothing),
  ]).orNothing
}

extension AuditAllowance {
  static let schema = Schema.object([
    SchemaKey("id", "The finding, such as `audit/invisible`.", notBlank, isRequired: true),
    SchemaKey("path", "The files it may be in: a glob from the folder of aiwg.yaml.", notBlank, isRequired: true),
    SchemaKey("reason", "Why it may be there, for those who read this later.", notBlank, isRequired: true),
  ])

  private static let notBlank = Schema.text(pattern: #"\S"#)
}

extension Project.Source {
  /// A source of one of three kinds, each with its own keys.
  static let schema = Schema.either([ofFolder, ofLibrary, ofGit])

  /// A source of one person.
  static let ownSchema = Schema.either([ofFolder, ofLibrary])

  /// The keys of all kinds of sources, in the order in which they are listed.
  static let keys: [SchemaKey] = [
    SchemaKey("path", "A canonical tree, relative to aiwg.yaml; with `git`, the folder of the tree in that repository.", .text(pattern: "^[^/]")),
    SchemaKey(
      "library", "What is taken of what ships with aiwg: kind/name patterns such as `rules/*`, or patterns and tags.",
      .either([
        .list(of: .text(), least: 1),
        .object(ObjectSchema(keys: [picks("artifacts"), picks("tags")], others: .refused, count: 1...Int.max)),
      ])),
    SchemaKey(
      "git", "The address of a git repository with a canonical tree: `https://`, `ssh://`, `file:///` or `git@host:path`, without a password.",
      .string(pattern: "^(https://|ssh://|file:///|[^-:/@][^:/@]*@[^:/]+:)")),
    SchemaKey("rev", "With `git`: a branch, tag or full commit id; HEAD there without it.", .text()),
    SchemaKey("name", "With `git`: what the source is called here; without it, the last part of the address.", .text(pattern: namePattern)),
    picks("artifacts"), picks("tags"),
    SchemaKey("exclude", "Kind/name patterns of what is left out of the source, after all else.", .list(of: .text()).orNothing),
    SchemaKey("required", "Whether its artifacts stay: with `true`, one of the same kind and name in a later source is an error.", .flag),
    SchemaKey(
      "trusted", "With `git`: whether its servers, hooks and permissions may go into the settings here.", .flag),
  ]

  private static let namePattern = #"^(?!.*\.\.)[a-z0-9]([-_.a-z0-9]{0,62}[a-z0-9])?$"#

  private static func picks(_ name: String) -> SchemaKey {
    let summary =
      name == "tags"
      ? "Takes what has one of these tags." : "Takes what fits one of these kind/name patterns, such as `rules/*` or `agents/reviewer`."
    return SchemaKey(name, summary, .list(of: .text(), least: 1))
  }

  /// The keys of what is taken of the library.
  static let libraryNames = keys.first { $0.name == "library" }?.schema.names ?? []

  private static func form(_ origin: String, _ others: [String]) -> Schema {
    .object(keys.filter { $0.name == origin || others.contains($0.name) }.map { $0.name == origin ? $0.required : $0 })
  }

  private static let ofFolder = form("path", ["artifacts", "tags", "exclude", "required"])
  private static let ofLibrary = form("library", ["exclude", "required"])
  private static let ofGit = form("git", ["path", "rev", "name", "artifacts", "tags", "exclude", "required", "trusted"])
}
