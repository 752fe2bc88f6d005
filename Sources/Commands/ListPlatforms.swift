import ArgumentParser
import ContextModel
import Diagnostics
import Disk
import FileTree
import Formats
import JSON
import Platforms

/// The command `aiwg platforms`.
struct ListPlatforms: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "platforms",
    abstract: "Show what each platform takes and reads, and what becomes of each field there.",
    discussion: """
      Examples:
        aiwg platforms
        aiwg platforms cursor
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "A platform by id or alias; without one, all are listed.", completion: .platform)
  var name: String?

  func run() throws {
    try reporting(common) { environment in
      let catalog = try PlatformCatalog.known(in: Repository.find(common, to: .reading), common)
      if let name {
        let platform = try catalog.named(name)
        guard platform.isSelectable else { throw platform.hasNoUserScope(at: nil) }
        environment.print(common.format == .json ? report([platform], catalog).text : details(platform, catalog))
        return .fine
      }
      if common.format == .json {
        environment.print(report(catalog.platforms.filter(\.isSelectable), catalog).text)
      } else {
        environment.print(
          columns(
            catalog.platforms.filter(\.isSelectable).map {
              [([$0.id] + $0.aliases).joined(separator: ", "), $0.name + $0.mark, $0.verified, $0.docs]
            }))
      }
      return .fine
    }
  }

  private func details(_ platform: Platform, _ catalog: PlatformCatalog) -> String {
    var out =
      "\(platform.name) (\(([platform.id] + platform.aliases).joined(separator: ", ")))\n\(platform.docs), compared \(platform.verified)\n"
    if let retired = platform.retired { out += "retired since \(retired.since), its successor is \(retired.successor): \(retired.why)\n" }
    if let why = platform.experimental { out += "experimental: \(why)\n" }
    out += "\ntakes, best first\n"
    for (shape, places) in platform.takes.sorted(by: { $0.key < $1.key }) {
      out +=
        "  \(shape): "
        + places.compactMap { catalog.places[$0] }.map { $0.path.text + mark(of: $0) }.joined(separator: ", ") + "\n"
    }
    for (kind, settings) in platform.settings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      func paths(_ ids: [String]) -> String { ids.compactMap { catalog.settings[$0]?.path.text }.joined(separator: ", ") }
      out += "  \(kind.folder): in \(paths(settings.takes))\(settings.alsoReads.isEmpty ? "" : "; it also looks in " + paths(settings.alsoReads))\n"
    }
    out += "\nreads, in its order\n"
    for read in platform.reads {
      var facts = [read.head.isEmpty ? read.when.rawValue : "as its head says"]
      if let nested = read.nested {
        facts.append(nested == .touched ? "in every folder on the way to a file" : "from the root to where it is started")
      }
      if !read.on.isEmpty { facts.append("only " + read.on.joined(separator: ", ")) }
      if !read.unless.isEmpty { facts.append("unless there is " + read.unless.joined(separator: ", ")) }
      if read.once != nil { facts.append("one of a name") }
      if read.followsImports { facts.append("follows imports") }
      if !read.strips.isEmpty {
        facts.append("without " + read.strips.map { $0 == .head ? "its head" : "comments" }.sorted().joined(separator: " and "))
      }
      if !read.seen.isEmpty { facts.append("seen \(read.seen)") }
      out += "  \(read.path)  (\(facts.joined(separator: "; ")))\n"
    }
    out += files(platform, catalog)
    out += "\nwhat becomes of the fields, where it takes each kind best\n" + fates(platform, catalog)
    if !platform.limits.isEmpty {
      out +=
        "\nholds\n"
        + platform.limits.map { "  \($0.field.map { "`\($0)` in " } ?? "")\($0.path): \($0.most) \($0.unit.rawValue), and \($0.beyond)\n" }.joined()
    }
    return out
  }

  /// The settings files that it takes each kind in, and its ignore file.
  private func files(_ platform: Platform, _ catalog: PlatformCatalog) -> String {
    var rows = platform.settings.sorted { $0.key < $1.key }.map { kind, settings in
      "  \(kind.folder): " + settings.takes.compactMap { catalog.settings[$0]?.path.text }.joined(separator: ", ") + "\n"
    }
    if let file = platform.ignoreFile { rows.append("  ignore: \(file.path)  (\(file.page), compared \(file.verified))\n") }
    return rows.isEmpty ? "" : "\nsettings\n" + rows.joined()
  }

  private func mark(of place: Place) -> String { place.format == .import ? " (a line)" : place.isForDirectory ? " (with `nested:`)" : "" }

  private func fates(_ platform: Platform, _ catalog: PlatformCatalog) -> String {
    let matrix = fieldMatrix(of: platform, in: catalog)
    var out = ""
    for shape in platform.takes.keys.sorted() {
      let rows = matrix.filter { $0.shape == shape }
      var places: [String] = []
      for row in rows where !places.contains(row.place) { places.append(row.place) }
      // A file in a directory is for some rules, and only where somebody asks for it.
      let shown = places.prefix { catalog.places[$0]?.isForDirectory ?? false }.count + 1
      for place in places.prefix(shown) {
        out += "  \(shape), at \(catalog.places[place]?.path.text ?? place)\n"
        out += columns(rows.filter { $0.place == place }.map { [$0.fieldName, $0.fate.rawValue, $0.detail] }, margin: "    ")
      }
    }
    return out
  }

  private func report(_ platforms: [Platform], _ catalog: PlatformCatalog) -> JSONValue {
    .object([
      ("version", .number(1)), ("command", .text("platforms")), ("exit", .number(0)), ("platforms", .list(platforms.map { json($0, catalog) })),
    ])
  }

  private func json(_ retired: Platform.Retirement) -> JSONValue {
    .object([("since", .text(retired.since)), ("successor", .text(retired.successor)), ("why", .text(retired.why))])
  }

  private func json(_ platform: Platform, _ catalog: PlatformCatalog) -> JSONValue {
    .object([
      ("id", .text(platform.id)), ("name", .text(platform.name)), ("aliases", .texts(platform.aliases)), ("docs", .text(platform.docs)),
      ("verified", .text(platform.verified)), ("detect", .texts(platform.detect)), ("surfaces", .texts(platform.surfaces.filter { !$0.isEmpty })),
      ("reviewers", .texts(platform.reviewers)),
      ("experimental", .optional(platform.experimental)), ("retired", platform.retired.map(json) ?? .null),
      ("takes", .object(platform.takes.sorted { $0.key < $1.key }.map { ($0.key.description, .texts($0.value)) })),
      (
        "settings",
        .object(
          platform.settings.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, settings in
            (kind.folder, .texts(settings.takes.compactMap { catalog.settings[$0]?.path.text }))
          })
      ),
      (
        "reads",
        .list(
          platform.reads.map {
            .object([("path", .text($0.path)), ("when", .text($0.when.rawValue)), ("on", .texts($0.on)), ("unless", .texts($0.unless))])
          })
      ),
      (
        "fields",
        .list(
          fieldMatrix(of: platform, in: catalog).map { fate in
            .object([
              ("shape", .text(fate.shape.description)), ("place", .text(fate.place)), ("field", .text(fate.field)),
              ("fate", .text(fate.fate.rawValue)),
              ("detail", .text(fate.detail)),
            ])
          })
      ),
    ])
  }
}

extension Platform {
  /// What the list says behind its name.
  fileprivate var mark: String { retired != nil ? " (retired)" : experimental != nil ? " (experimental)" : "" }
}

extension FieldFate {
  fileprivate var fieldName: String { field == anyOtherField ? "(any other)" : field }
}
