import ContextModel
import FileTree
import Schemas
import YAML

extension YAMLDecoder {
  /// What a dialect says under `permissions`.
  mutating func permissionDialect(_ node: YAMLNode) -> PermissionDialect? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.permissions.names) else { return nil }
    let parts = Dictionary(pairs.map { ($0.keyText, $0.value) }) { first, _ in first }
    let verified = pairs.first { $0.keyText == "verified" }.flatMap { day($0) }
    guard let page = parts["page"].flatMap({ self.page($0) }), let verified, let order = parts["order"].flatMap({ permissionOrder($0) }),
      let target = permissionTarget(parts, at: node.range)
    else {
      report("incomplete-dialect", "permissions need `page`, `verified`, `order`, and `lists`, `lines`, or `maps` with `words`", at: node.range)
      return nil
    }
    var dialect = PermissionDialect(page: page, verified: verified, order: order, target: target)
    if let paths = parts["paths"] { dialect.paths = choice(paths, PermissionDialect.Paths.self) ?? dialect.paths }
    for pair in parts["literals"].flatMap({ expectPairs($0, known: Permission.Subject.allCases.map(\.rawValue)) }) ?? [] {
      if let subject = Permission.Subject(rawValue: pair.keyText) { dialect.literals[subject] = Set(expectText(pair.value) ?? "") }
    }
    dialect.looseNames = parts["loose-names"].flatMap { expectBool($0) } ?? false
    dialect.absolutePaths = parts["absolute-paths"].flatMap { expectBool($0) } ?? false
    dialect.exact = parts["exact"].map { permissionForms($0) } ?? [:]
    dialect.same = parts["same"].map { permissionForms($0) } ?? [:]
    dialect.wider = parts["wider"].map { permissionForms($0) } ?? [:]
    dialect.narrower = parts["narrower"].map { permissionForms($0) } ?? [:]
    return dialect
  }

  /// The address of a vendor's page.
  private mutating func page(_ node: YAMLNode) -> String? {
    guard let page = expectText(node) else { return nil }
    if page.hasPrefix("https://") { return page }
    report("not-a-page", "`page` is the https address of the page that says so", at: node.range)
    return nil
  }

  private mutating func permissionOrder(_ node: YAMLNode) -> PermissionDialect.Order? {
    if node.text == "last" { return .last }
    let words = expectTexts(node) ?? []
    let decisions = words.compactMap(Permission.Decision.init(rawValue:))
    guard decisions.count == words.count, !words.isEmpty else {
      report("unknown-order", "expected decisions, or `last`", at: node.range, help: "write `[deny, ask, allow]`, strictest first")
      return nil
    }
    return .decisions(decisions)
  }

  private mutating func permissionTarget(_ parts: [String: YAMLNode], at range: Range<Int>) -> PermissionDialect.Target? {
    if let lists = parts["lists"] {
      var out: [Permission.Decision: [String]] = [:]
      for pair in expectPairs(lists, known: Permission.Decision.allCases.map(\.rawValue)) ?? [] {
        if let decision = Permission.Decision(rawValue: pair.keyText) { out[decision] = expectTexts(pair.value) }
      }
      return .lists(out)
    }
    if let lines = parts["lines"] {
      var out: [Permission.Decision: String] = [:]
      for pair in expectPairs(lines, known: Permission.Decision.allCases.map(\.rawValue)) ?? [] {
        guard let decision = Permission.Decision(rawValue: pair.keyText), let text = expectText(pair.value) else { continue }
        if text.contains("{rule}"), !text.contains("\n") {
          out[decision] = text
        } else {
          report("invalid-line", "this is no line for a rule", at: pair.value.range, help: "write one line with `{rule}` where the rule goes")
        }
      }
      return .lines(out)
    }
    guard let maps = parts["maps"], let words = parts["words"] else { return nil }
    var paths: [Permission.Subject: [String]] = [:]
    for pair in expectPairs(maps, known: Permission.Subject.allCases.map(\.rawValue)) ?? [] {
      if let subject = Permission.Subject(rawValue: pair.keyText) { paths[subject] = expectTexts(pair.value) }
    }
    var values: [Permission.Decision: FieldValue] = [:]
    for pair in expectPairs(words, known: Permission.Decision.allCases.map(\.rawValue)) ?? [] {
      guard let decision = Permission.Decision(rawValue: pair.keyText) else { continue }
      values[decision] = pair.value.scalar?.bool.map(FieldValue.bool) ?? expectText(pair.value).map(FieldValue.text)
    }
    return .maps(paths, words: values)
  }

  private mutating func permissionForms(_ node: YAMLNode) -> [PermissionDialect.Form: [String]] {
    var out: [PermissionDialect.Form: [String]] = [:]
    for pair in expectPairs(node, known: PermissionDialect.Form.allCases.map(\.rawValue)) ?? [] {
      guard let form = PermissionDialect.Form(rawValue: pair.keyText) else { continue }
      out[form] = pair.value.list == nil ? expectText(pair.value).map { [$0] } : expectTexts(pair.value)
    }
    return out
  }

  /// What a platform says under `ignore-file`.
  mutating func ignoreFile(_ node: YAMLNode) -> IgnoreFile? {
    guard let pairs = expectPairs(node, known: PlatformsSchema.ignoreFile.names) else { return nil }
    let parts = Dictionary(pairs.map { ($0.keyText, $0.value) }) { first, _ in first }
    let verified = pairs.first { $0.keyText == "verified" }.flatMap { day($0) }
    guard let place = parts["path"], let text = expectText(place), let page = parts["page"].flatMap({ self.page($0) }), let verified else {
      report("incomplete-ignore", "an ignore file needs `path`, `page` and `verified`", at: node.range)
      return nil
    }
    guard let path = TreePath(text), let template = PathTemplate(text), !template.isPerArtifact else {
      report("invalid-path", "`\(text)` is not a path that an ignore file may have", at: place.range, help: "name one file inside the repository")
      return nil
    }
    let negation = parts["negation"].flatMap { expectBool($0) } ?? true
    return IgnoreFile(path: path, page: page, verified: verified, lacksNegation: !negation)
  }
}
