import Absorbing
import ContextLoading
package import ContextModel
import Diagnostics
package import FileTree
import Platforms
import Settings
import SettingsFiles

/// A value in a settings file, read as an artifact of the canonical tree.
struct ReadSetting {
  var found: FoundSettings
  /// The kind, and the name that the artifact can have.
  var id: ArtifactID
  /// Keys in the file: those of the member, its own one last, or those of the list.
  var path: [String]
  var isElement: Bool
  /// Such as `mcpServers.issues`, or `hooks.PreToolUse[0]`.
  var name: String
  var value: FieldValue
  var place: SourcePlace
  /// What its place is for an artifact that is not there yet.
  var lens: SettingsLens
  var changes: [SettingChange]

  /// The platforms that look for it there, by id.
  var platforms: [String] { lens.delivery.platforms }
}

/// A value that stays where it is, and why.
struct UnreadSetting {
  /// The kind, and the name that others of its name have; nil where there are no names.
  var id: ArtifactID?
  var name: String
  var place: SourcePlace
  var reason: String
  var help: String?
}

/// Reads what users wrote into settings files.
struct SettingsReader {
  var read: [ReadSetting] = []
  var unread: [UnreadSetting] = []
  private(set) var problems: [Diagnostic] = []
  /// The files that could be read.
  private(set) var files: [(found: FoundSettings, file: SettingsFile)] = []
  let catalog: PlatformCatalog
  private let shownAs: String
  let isOurs: (TreePath, SettingsPiece) -> Bool

  /// - Parameter isOurs: whether a value of a file is an output of aiwg's.
  init(_ found: [FoundSettings], in catalog: PlatformCatalog, shownAs: String, isOurs: @escaping (TreePath, SettingsPiece) -> Bool) {
    (self.catalog, self.shownAs, self.isOurs) = (catalog, shownAs, isOurs)
    for found in found {
      do throws(SettingsRefusal) {
        let file = try SettingsFile(found.bytes, syntax: found.place.syntax, path: shownAs + found.path.text)
        files.append((found, file))
        readServers(of: file, found)
        readHooks(of: file, found)
      } catch {
        problems += error.diagnostics.map(\.withoutExcerpt)
      }
    }
  }

  private mutating func readServers(of file: SettingsFile, _ found: FoundSettings) {
    guard let entry = found.place.entries[.server], let platforms = found.platforms[.server] else { return }
    guard let members = map(at: entry.path, of: file) else { return }
    for member in members {
      let path = entry.path + [member.key]
      guard !isOurs(found.path, .member(path, member.value)) else { continue }
      let id = ArtifactID(kind: .server, name: member.key)
      let name = path.joined(separator: ".")
      guard validName(like: member.key) == member.key else {
        unread.append(
          UnreadSetting(
            id: id, name: name, place: file.line(of: path), reason: "no server can have this name here",
            help: "rename it to lower-case letters, digits and hyphens, also where tools of it are named"))
        continue
      }
      let delivery = { SettingsDelivery(artifact: $0, place: found.place, entry: entry, platforms: platforms) }
      switch server(id, saying: member.value, at: delivery) {
      case .success(let (lens, changes)):
        read.append(
          ReadSetting(
            found: found, id: id, path: path, isElement: false, name: name, value: member.value, place: file.line(of: path), lens: lens,
            changes: changes))
      case .failure(let problem):
        unread.append(UnreadSetting(id: id, name: name, place: file.line(of: path), reason: problem.message, help: problem.help))
      }
    }
  }

  /// The members of a map; nil, with a reason, for anything else that is there.
  mutating func map(at path: [String], of file: SettingsFile) -> [FieldValue.Entry]? {
    switch file.value(at: path) {
    case .map(let members)?: return members
    case nil, .null?: return nil
    default:
      unread.append(UnreadSetting(name: path.joined(separator: "."), place: file.line(of: path), reason: "it is no map, as it should be"))
      return nil
    }
  }

  /// Why a value cannot be taken.
  struct Unsayable: Error {
    var message: String
    var help: String?
  }

  /// What a server says, over the transport with which it says just that.
  private func server(
    _ id: ArtifactID, saying value: FieldValue, at delivery: (Artifact) -> SettingsDelivery
  ) -> Result<(SettingsLens, [SettingChange]), Unsayable> {
    let transports = SettingsLens.transports(of: value, in: delivery(.draft(id, [])).entry)
    return firstSaying(value, id, otherwise: "this platform is not known to reach a server in this way", transports) { transport in
      let lens = SettingsLens(delivery(.draft(id, [Field("transport", .text(transport.rawValue))])))
      return (lens, transport == .sse ? [SettingChange(path: ["transport"], value: .text(transport.rawValue))] : [])
    }
  }

  /// The first way to read a value that says just that when it goes out again; else why the first one does not.
  /// - Parameter way: what the artifact's place is then, and what the artifact says beside the value.
  func firstSaying<Choice>(
    _ value: FieldValue, _ id: ArtifactID, otherwise: String, _ choices: [Choice], _ way: (Choice) -> (lens: SettingsLens, also: [SettingChange])
  ) -> Result<(SettingsLens, [SettingChange]), Unsayable> {
    var problem: Unsayable?
    for choice in choices {
      let (lens, also) = way(choice)
      do throws(UnreadableSetting) {
        let changes = also + (try lens.reading(value))
        do throws(Refusal) {
          let artifact = try Artifact(new: id, at: id.settingsFile, saying: changes, in: catalog)
          if lens.replacing(artifact).means(value) { return .success((lens, changes)) }
          problem = problem ?? Unsayable(message: lens.replacing(artifact).difference(from: value), help: nil)
        } catch {
          problem = problem ?? Unsayable(message: error.message, help: error.help)
        }
      } catch {
        problem = problem ?? Unsayable(message: error.message, help: nil)
      }
    }
    return .failure(problem ?? Unsayable(message: otherwise, help: nil))
  }
}

extension Artifact {
  /// An artifact that is in no file yet.
  static func draft(_ id: ArtifactID, _ fields: [Field]) -> Artifact {
    Artifact(
      id: id, path: id.settingsFile, text: SourceText(path: id.settingsFile.text, bytes: []), fields: fields, body: Body(bytes: []),
      tree: MemoryTree([:]))
  }
}

extension ArtifactID {
  /// The file of a kind for settings in a canonical tree.
  var settingsFile: TreePath { TreePath(kind.file ?? kind.folder + "/" + name + ".yaml") ?? TreePath(known: "x") }
}

extension SettingsFile {
  /// The place of a value without the text of its line, which may have a secret in it.
  func line(of path: [String]) -> SourcePlace {
    var place = place(of: path)
    place.excerpt = nil
    return place
  }
}

extension Diagnostic {
  fileprivate var withoutExcerpt: Diagnostic {
    var out = self
    out.place?.excerpt = nil
    return out
  }
}
