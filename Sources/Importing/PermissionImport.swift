import Absorbing
import ContextModel
import Diagnostics
import FileTree
import Platforms
import Settings
import SettingsFiles

/// The rules of several platforms' settings files as the permissions file of the tree.
///
/// Agents of no platform may do more afterwards than before, unless somebody says so.
struct PermissionImport {
  /// Nil when there is none.
  private(set) var artifact: Artifact?
  private(set) var taken: [TakenSetting] = []
  private(set) var problems: [Diagnostic] = []

  /// The rules of one settings file.
  private struct FileOfRules {
    var found: FoundSettings
    var platforms: [String]
    var rules: [(rule: FoundRule, place: SourcePlace)]
  }

  private let catalog: PlatformCatalog
  private let selected: [String]
  private let options: ImportOptions

  init(_ files: [(found: FoundSettings, file: SettingsFile)], for selected: [String], in catalog: PlatformCatalog, options: ImportOptions) {
    (self.catalog, self.selected, self.options) = (catalog, selected, options)
    var all: [FileOfRules] = []
    for (found, file) in files where !isReadByAllTargets(found) {
      guard let entry = found.place.entries[.permissions], let platforms = found.platforms[.permissions] else { continue }
      let rules = entry.rules(in: file) { options.isOurs(found.path, $0) }
      guard !rules.isEmpty else { continue }
      all.append(FileOfRules(found: found, platforms: platforms, rules: rules.map { ($0, file.line(of: $0.setting.path)) }))
    }
    guard !all.isEmpty else { return }
    if options.inTree(ArtifactID(only: .permissions).settingsFile) != nil {
      for file in all { leave(file, "the tree has a permissions.yaml already, and its lines hold for all platforms", help: "write it there") }
      return
    }
    // What stands in an order is one value, and in the way as a whole.
    if let barred = all.lazy.compactMap({ file in file.rules.first { $0.rule.setting.isOrdered && $0.rule.permission == nil } }).first {
      let place = barred.place.path + (barred.place.line.map { ":\($0)" } ?? "")
      for file in all {
        leave(file, "`\(barred.rule.text)` at `\(place)` cannot be taken: \(barred.rule.reason ?? ""), and rules there are one value")
      }
      return
    }
    take(all)
  }

  private func isReadByAllTargets(_ found: FoundSettings) -> Bool {
    options.targets?.allSatisfy { catalog.platform($0)?.settings[.permissions]?.reads.contains(found.place.id) ?? false } ?? false
  }

  private mutating func take(_ files: [FileOfRules]) {
    var permissions: [Permission] = []
    var rules: [(FileOfRules, FoundRule, SourcePlace)] = []
    for file in files {
      let hidden = file.rules.first { $0.rule.permission == nil && $0.rule.decision != .allow }
      for (rule, place) in file.rules {
        guard let permission = rule.permission else {
          leave(rule, at: place, rule.reason ?? "no line of a permissions file says it")
          continue
        }
        if permission.decision == .allow, !options.allowsMore {
          if let hidden {
            leave(rule, at: place, "`\(hidden.rule.text)`, which may take some of it back, cannot be taken", help: Self.consent)
            continue
          }
          if let other = platformThatWouldAllowMore(permission, files) {
            leave(rule, at: place, "agents of \(other) may not do it so far", help: Self.consent)
            continue
          }
        }
        if let reason = Self.problem(with: permission, catalog) {
          leave(rule, at: place, reason)
          continue
        }
        rules.append((file, rule, place))
        if !permissions.contains(permission) { permissions.append(permission) }
      }
    }
    guard !permissions.isEmpty, let artifact = try? Self.artifact(of: permissions, catalog) else { return }
    self.artifact = artifact
    for (file, rule, place) in rules {
      guard let value = fieldValue(ofJSON: rule.setting.value) else { continue }
      let piece: SettingsPiece = rule.setting.isElement ? .element(of: rule.setting.path, value) : .member(rule.setting.path, value)
      let list = rule.setting.isElement || rule.setting.isOrdered ? rule.setting.path : Array(rule.setting.path.dropLast())
      taken.append(
        TakenSetting(
          path: file.found.path, piece: piece, isOrdered: rule.setting.isOrdered, shown: list.joined(separator: ".") + ": " + rule.text, place: place,
          platforms: file.platforms, became: artifact.path.text))
    }
  }

  private static let consent = "`--allow-more` takes it all the same, for every platform"

  /// A platform that is selected, can be told what is allowed, and does not allow this.
  private func platformThatWouldAllowMore(_ permission: Permission, _ files: [FileOfRules]) -> String? {
    (options.targets ?? selected).first { id in
      let takes = catalog.platform(id)?.settings[.permissions]?.takes ?? []
      let canAllow = takes.contains { catalog.settings[$0]?.entries[.permissions]?.dialect.permissions?.decisions.contains(.allow) ?? false }
      guard canAllow else { return false }
      return !files.contains { file in file.platforms.contains(id) && file.rules.contains { $0.rule.permission == permission } }
    }
  }

  /// Why a line cannot be in a permissions file; nil when it can.
  private static func problem(with permission: Permission, _ catalog: PlatformCatalog) -> String? {
    do throws(Refusal) {
      _ = try artifact(of: [permission], catalog)
      return nil
    } catch {
      return error.message
    }
  }

  private static func artifact(of permissions: [Permission], _ catalog: PlatformCatalog) throws(Refusal) -> Artifact {
    let changes = Permission.Decision.allCases.reversed().compactMap { decision -> SettingChange? in
      let items = permissions.filter { $0.decision == decision }.map { FieldValue.map([.init($0.subject.rawValue, .text($0.text))]) }
      return items.isEmpty ? nil : SettingChange(path: [decision.rawValue], value: .list(items))
    }
    let id = ArtifactID(only: .permissions)
    return try Artifact(new: id, at: id.settingsFile, saying: changes, in: catalog)
  }

  private mutating func leave(_ file: FileOfRules, _ reason: String, help: String? = nil) {
    for (rule, place) in file.rules { leave(rule, at: place, reason, help: help) }
  }

  private mutating func leave(_ rule: FoundRule, at place: SourcePlace, _ reason: String, help: String? = nil) {
    let name = (rule.setting.path + [rule.text]).joined(separator: ".")
    problems.append(Diagnostic(.warning, "import/left", "`\(name)` is left alone: " + reason, at: place, help: help))
  }
}
