import ContextModel
import Diagnostics
import FileTree
import Schemas
import YAML

extension YAMLDecoder {
  /// The value of `user`; with a base, only the keys that are given change.
  mutating func userScope(_ node: YAMLNode, base: UserScope?, heads: [String: [HeadRule]]) -> UserScope? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.user.names) else { return nil }
    guard let root = pairs.first(where: { $0.keyText == "root" }).flatMap({ homeFolder($0.value) }) ?? base?.root else {
      if node["root"] == nil {
        report("incomplete-platform", "`user` needs `root`", at: node.range, help: "name the platform's folder in the home directory")
      }
      return nil
    }
    var user = base ?? UserScope(root: root, docs: "", verified: "")
    user.root = root
    for pair in pairs {
      switch pair.keyText {
      case "moved-by": user.movedBy = homeVariable(pair.value)
      case "shares": user.shares = (expectList(pair.value) ?? []).compactMap { homeFolder($0) }
      case "docs": user.docs = page(pair)
      case "verified": user.verified = day(pair) ?? ""
      case "takes": user.takes.merge(takes(pair.value)) { _, new in new }
      case "reads": user.reads = (expectList(pair.value) ?? []).compactMap { read($0, heads) }
      case "limits": user.limits = (expectList(pair.value) ?? []).compactMap { limit($0) }
      case "settings": user.settings.merge(settingsOfPlatform(pair.value)) { _, new in new }
      case "moved-settings":
        for file in expectPairs(pair.value) ?? [] { user.movedSettings[file.keyText] = expectText(file.value) }
      default: continue
      }
    }
    for (key, value) in [("docs", user.docs), ("verified", user.verified)] where value.isEmpty {
      report("incomplete-platform", "`user` needs `\(key)`", at: node.range)
    }
    return user
  }

  /// The address of a platform's page.
  mutating func page(_ pair: YAMLPair) -> String {
    let text = expectText(pair.value) ?? ""
    if !text.hasPrefix("https://") { report("not-a-page", "`docs` is the https address of the platform's page", at: pair.value.range) }
    return text
  }

  /// A folder that no program is started from, and not the home directory itself.
  private mutating func homeFolder(_ node: YAMLNode) -> TreePath? {
    guard let text = expectText(node) else { return nil }
    if let template = PathTemplate(text), !template.isPerArtifact, let path = TreePath(text) { return path }
    report(
      "invalid-path", "`\(text)` is not a folder that outputs may lie in", at: node.range, help: "name one in the home directory, such as `.acme`")
    return nil
  }

  private mutating func homeVariable(_ node: YAMLNode) -> UserScope.Variable? {
    guard let text = expectText(node) else { return nil }
    if let variable = UserScope.Variable(text) { return variable }
    report("unknown-value", "unknown value `\(text)`", at: node.range, help: "write it like `$ACME_HOME` or `$XDG_CONFIG_HOME/acme`")
    return nil
  }

  /// Outputs in a home lie in folders that are a platform's, and nowhere else.
  mutating func checkRoots(of platform: Platform, in catalog: PlatformCatalog, at range: Range<Int>) {
    guard let user = platform.user else { return }
    let roots = user.roots.map(\.folder)
    for (shape, ids) in user.takes.sorted(by: { $0.key < $1.key }) {
      for id in ids {
        guard let path = catalog.places[id]?.path.filled(with: "x"), !roots.contains(where: { path.isInside($0) && path != $0 }) else { continue }
        report(
          "outside-root", "`\(platform.id)` takes \(shape) of the user at `\(catalog.places[id]?.path.text ?? id)`, outside of its folders",
          at: range,
          help: "name the folder under `shares:`, or take a place in `\(user.root)`")
      }
    }
  }
}
