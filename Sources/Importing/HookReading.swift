import Absorbing
import ContextLoading
import ContextModel
import FileTree
import Platforms
import Settings
import SettingsFiles

extension SettingsReader {
  /// Hooks in a map of events; in other layouts they have a file that is aiwg's alone.
  mutating func readHooks(of file: SettingsFile, _ found: FoundSettings) {
    guard let entry = found.place.entries[.hook], let platforms = found.platforms[.hook], entry.dialect.layout == .events else { return }
    guard let events = map(at: entry.path, of: file) else { return }
    for event in events {
      let path = entry.path + [event.key]
      guard case .list(let hooks) = event.value else {
        unread.append(UnreadSetting(name: path.joined(separator: "."), place: file.line(of: path), reason: "it is no list, as hooks are"))
        continue
      }
      let moments = HookEvent.allCases.filter { entry.dialect.events[$0] == event.key }
      for (index, hook) in hooks.enumerated() where !isOurs(found.path, .element(of: path, hook)) {
        let name = path.joined(separator: ".") + "[\(index)]"
        let delivery = { SettingsDelivery(artifact: $0, place: found.place, entry: entry, platforms: platforms) }
        let id = ArtifactID(kind: .hook, name: Self.name(of: hook, at: moments.first))
        switch self.hook(id, at: moments, saying: hook, delivery) {
        case .success(let (lens, changes)):
          read.append(
            ReadSetting(
              found: found, id: id, path: path, isElement: true, name: name, value: hook, place: file.line(of: path), lens: lens,
              changes: changes))
        case .failure(let problem):
          unread.append(
            UnreadSetting(id: nil, name: name, place: file.line(of: path), reason: problem.message, help: problem.help))
        }
      }
    }
  }

  /// What a hook says, at the event with which it says just that.
  private func hook(
    _ id: ArtifactID, at moments: [HookEvent], saying value: FieldValue, _ delivery: (Artifact) -> SettingsDelivery
  ) -> Result<(SettingsLens, [SettingChange]), Unsayable> {
    firstSaying(value, id, otherwise: "no event of a hook is called so", moments) { moment in
      let lens = SettingsLens(delivery(.draft(id, [Field("event", .text(moment.rawValue))])))
      return (lens, [SettingChange(path: ["event"], value: .text(moment.rawValue))])
    }
  }

  /// What runs, without its folder and the end of its name; else the event.
  private static func name(of hook: FieldValue, at moment: HookEvent?) -> String {
    let program = command(in: hook)?.split(separator: " ").first?.split(separator: "/").last
    let words = program?.filter { $0 != "\"" && $0 != "'" }.split(separator: ".").first
    return words.flatMap { validName(like: String($0)) } ?? moment?.rawValue ?? "hook"
  }

  /// The first text that may be a command: what a canonical hook calls so.
  private static func command(in value: FieldValue) -> String? {
    switch value {
    case .map(let entries):
      if case .text(let text)? = value["command"] { return text }
      return entries.lazy.compactMap { command(in: $0.value) }.first
    case .list(let items): return items.lazy.compactMap { command(in: $0) }.first
    case .text, .bool, .number, .null: return nil
    }
  }
}

/// Hooks have no names in settings: those that say the same are one, and others under its name get a number.
struct HookNaming {
  private var names: [Set<SettingChange>: String] = [:]
  private var taken: Set<String> = []

  /// - Parameter isFree: whether the tree has no hook of a name.
  mutating func name(_ hooks: [ReadSetting], besides platforms: Set<String>, isFree: (String) -> Bool) -> [ReadSetting] {
    hooks.map { hook in
      var hook = hook
      // What one platform alone says is beside it.
      let common = Set(hook.changes.filter { change in !(change.path.first.map(platforms.contains) ?? false) })
      if let known = names[common] {
        hook.id.name = known
      } else {
        let base = String(hook.id.name.prefix(60))
        var name = base
        var number = 2
        while taken.contains(name) || !isFree(name) {
          name = base + "-\(number)"
          number += 1
        }
        taken.insert(name)
        names[common] = name
        hook.id.name = name
      }
      return hook
    }
  }
}
