import Foundation
import TestSupport

/// What the binary says of itself, for programs.
struct HelpDump: Decodable {
  struct Name: Decodable {
    var kind: String
    var name: String
    /// As it is typed.
    var typed: String { (kind == "long" ? "--" : "-") + name }
  }

  struct Argument: Decodable {
    var kind: String
    var names: [Name]?
    var abstract: String?
    var shouldDisplay: Bool
    var valueName: String?
  }

  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool
    var arguments: [Argument]?
    var subcommands: [Command]?

    /// The lines under `Examples:`, without what stands behind them for people.
    var examples: [String] {
      let lines = (discussion ?? "").components(separatedBy: "\n")
      guard let start = lines.firstIndex(of: "Examples:") else { return [] }
      return lines[(start + 1)...].prefix { $0.hasPrefix("  ") }.map { line in
        line.trimmingCharacters(in: .whitespaces).components(separatedBy: "    ")[0]
      }
    }
  }

  var command: Command

  /// Those that people see, but for the help itself.
  var commands: [Command] { (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" } }

  static func read() throws -> HelpDump {
    let folder = try TemporaryFolder()
    let result = try Program.aiwg(["--experimental-dump-help"], in: folder.url)
    return try JSONDecoder().decode(HelpDump.self, from: Data(result.output.utf8))
  }
}
