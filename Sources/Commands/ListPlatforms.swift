import ArgumentParser
import Diagnostics
import Disk
import Platforms

/// The command `aiwg platforms`.
struct ListPlatforms: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "platforms",
    abstract: "Show what each platform takes and reads, and what it ignores.",
    discussion: """
      Examples:
        aiwg platforms
        aiwg platforms cursor
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "A platform by id or alias; without one, all are listed.")
  var name: String?

  func run() throws {
    try reporting(common) { environment in
      let catalog = try PlatformCatalog.known(in: Repository.find(common, to: .reading), common)
      if let name {
        let platform = try catalog.named(name)
        environment.print(common.format == .json ? report([platform]).text : details(platform, catalog))
        return .fine
      }
      if common.format == .json {
        environment.print(report(catalog.platforms).text)
      } else {
        environment.print(
          columns(catalog.platforms.map { [([$0.id] + $0.aliases).joined(separator: ", "), $0.name, $0.verified, $0.docs] }))
      }
      return .fine
    }
  }

  private func details(_ platform: Platform, _ catalog: PlatformCatalog) -> String {
    var out =
      "\(platform.name) (\(([platform.id] + platform.aliases).joined(separator: ", ")))\n\(platform.docs), compared \(platform.verified)\n\ntakes, best first\n"
    for (shape, places) in platform.takes.sorted(by: { $0.key < $1.key }) {
      out += "  \(shape): " + places.compactMap { catalog.places[$0]?.path.text }.joined(separator: ", ") + "\n"
    }
    out += "\nreads, in its order\n"
    for read in platform.reads {
      var facts = [read.when.rawValue]
      if !read.on.isEmpty { facts.append("only " + read.on.joined(separator: ", ")) }
      if !read.unless.isEmpty { facts.append("unless there is " + read.unless.joined(separator: ", ")) }
      if read.once != nil { facts.append("one of a name") }
      if read.followsImports { facts.append("follows imports") }
      out += "  \(read.path)  (\(facts.joined(separator: "; ")))\n"
    }
    let lost = lost(platform, catalog)
    if !lost.isEmpty { out += "\nloses\n" + lost.map { "  \($0)\n" }.joined() }
    if !platform.limits.isEmpty {
      out += "\nholds\n" + platform.limits.map { "  \($0.path): \($0.most) \($0.unit.rawValue), and \($0.beyond)\n" }.joined()
    }
    return out
  }

  /// What cannot be said where the platform takes a kind best, and what it ignores there.
  private func lost(_ platform: Platform, _ catalog: PlatformCatalog) -> [String] {
    var out: [String] = []
    for (shape, places) in platform.takes.sorted(by: { $0.key < $1.key }) {
      guard let form = places.first.flatMap({ catalog.places[$0]?.forms[shape] }) else { continue }
      if !form.keepsUnlisted {
        out.append("\(shape): every field but " + (form.fields.flatMap(\.expressed) + form.expresses).sorted().joined(separator: ", "))
      }
      if !form.drops.isEmpty { out.append("\(shape): " + form.drops.sorted().joined(separator: ", ")) }
    }
    for (kind, fields) in platform.ignores.sorted(by: { $0.key < $1.key }) { out.append("\(kind): ignores " + fields.joined(separator: ", ")) }
    return out
  }

  private func report(_ platforms: [Platform]) -> JSONValue {
    .object([("version", .number(1)), ("command", .text("platforms")), ("exit", .number(0)), ("platforms", .list(platforms.map(json)))])
  }

  private func json(_ platform: Platform) -> JSONValue {
    .object([
      ("id", .text(platform.id)), ("name", .text(platform.name)), ("aliases", .texts(platform.aliases)), ("docs", .text(platform.docs)),
      ("verified", .text(platform.verified)), ("detect", .texts(platform.detect)), ("surfaces", .texts(platform.surfaces.filter { !$0.isEmpty })),
      ("takes", .object(platform.takes.sorted { $0.key < $1.key }.map { ($0.key.description, .texts($0.value)) })),
      (
        "reads",
        .list(
          platform.reads.map {
            .object([("path", .text($0.path)), ("when", .text($0.when.rawValue)), ("on", .texts($0.on)), ("unless", .texts($0.unless))])
          })
      ),
    ])
  }
}
