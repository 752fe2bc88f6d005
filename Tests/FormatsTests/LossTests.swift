import ContextModel
import Diagnostics
import FileTree
import Formats
import Layout
import Platforms
import TestSupport
import Testing

/// Nothing that an artifact says is missing from an output without a word, whatever a field map says.
@Suite struct LossTests {
  /// A form as it is, or with one thing of it changed.
  private struct Variant {
    var label: String
    var form: Place.Form
  }

  private static let archive = """
    -- rules/always.md --
    ---
    description: Zqdescription is about this.
    severity: HIGH
    category: zqcategory
    factor: zqfactor
    tags: [zqtagone, zqtagtwo]
    zqkey: zqunknown
    ---
    Body.
    -- rules/globs.md --
    ---
    description: Zqdescription is about this.
    globs: ["zqdir/**", "*.zqend"]
    severity: LOW
    ---
    Body.
    -- rules/model.md --
    ---
    description: Zqdescription is about this.
    activation: model
    factor: zqfactor
    ---
    Body.
    -- rules/manual.md --
    ---
    description: Zqdescription is about this.
    activation: manual
    category: zqcategory
    ---
    Body.
    -- agents/worker.md --
    ---
    description: Zqdescription is about this.
    tools: [Read, Bash, zqtool]
    model: zqmodel
    readonly: true
    color: zqcolor
    ---
    Body.
    -- commands/run.md --
    ---
    description: Zqdescription is about this.
    argument-hint: zqhint
    allowed-tools: [Read, zqtool]
    model: zqmodel
    zqkey: zqunknown
    ---
    Body.
    -- skills/learn/SKILL.md --
    ---
    description: Zqdescription is about this.
    license: zqlicense
    metadata: { zqinner: zqvalue }
    allowed-tools: [zqtool]
    disable-model-invocation: true
    ---
    Body.
    """

  /// The form, and the form with each field rule taken out, with each key dropped, and with unlisted fields left out.
  private func variants(of form: Place.Form, _ artifact: Artifact) -> [Variant] {
    var out = [Variant(label: "as it is", form: form)]
    for (index, rule) in form.fields.enumerated() {
      var changed = form
      changed.fields.remove(at: index)
      out.append(Variant(label: "without \(rule.key)", form: changed))
    }
    for field in artifact.fields {
      var changed = form
      changed.drops.insert(field.key)
      out.append(Variant(label: "drops \(field.key)", form: changed))
    }
    var changed = form
    changed.unlisted = changed.unlisted == .drop ? .keep : .drop
    out.append(Variant(label: "unlisted the other way", form: changed))
    return out
  }

  /// The words that a value consists of, each of which nothing else in a file has.
  private func words(of value: FieldValue) -> [String] {
    switch value {
    case .text(let text): text.contains("zq") || text.contains("Zq") ? [text] : []
    case .list(let values): values.flatMap(words)
    case .map(let entries): entries.flatMap { words(of: $0.value) }
    case .bool, .number, .null: []
    }
  }

  @Test func whatIsNotInTheFileIsInTheReport() throws {
    let catalog = try shippedCatalog()
    let tree = try artifacts(Self.archive, catalog: catalog)
    var cases = 0
    for place in catalog.places.values.sorted(by: { $0.id < $1.id }) {
      for artifact in tree.artifacts {
        guard let form = place.forms[artifact.shape], let path = place.mainFile(name: artifact.id.name) else { continue }
        let takers = catalog.platforms.filter { $0.takes.values.contains { $0.contains(place.id) } }.map(\.id)
        for variant in variants(of: form, artifact) {
          let delivery = Layout.Delivery(
            artifact: artifact, place: place, form: variant.form, name: artifact.id.name, path: path, platforms: takers)
          let rendering = Renderer(of: tree, in: catalog).render(Layout(deliveries: [delivery]))
          let text = String(decoding: try #require(try rendering.desired.outputs.first?.bytes()), as: UTF8.self)
          for field in artifact.fields {
            let isTold = words(of: field.value).allSatisfy { text.contains($0) }
            let isReported = rendering.losses.contains { $0.field == field.key && $0.platform == takers.first ?? "" }
            #expect(isTold || isReported || takers.isEmpty, "\(artifact.id) at \(place.id), \(variant.label): \(field.key)")
            cases += 1
          }
        }
      }
    }
    #expect(cases > 3_000)
  }

  @Test func aLossNamesTheLineOfTheKey() throws {
    let rendered = try Rendered("-- agents/a.md --\n---\ndescription: D.\ntools: [Read]\ncolor: red\n---\n", for: ["codex"])
    let losses = rendered.rendering.losses
    #expect(
      losses.map { "\($0.place.path):\($0.place.line ?? 0) \($0.field) \($0.kind)" } == [
        ".aiwg/agents/a.md:4 color dropped", ".aiwg/agents/a.md:3 tools standIn",
      ])
  }

  @Test(arguments: [
    ("claude-code", "tools: [Read, Write]\nreadonly: true", "readonly: said in words, and not enforced", true),
    ("copilot", "tools: [Read, Write]\nreadonly: true", "readonly: it gets no tool that changes files", false),
    ("copilot", "readonly: true", "readonly: said in words, and not enforced", true),
    ("codex", "tools: [Read]\nreadonly: true", "readonly: said in words, and not enforced", true),
    ("cursor", "readonly: true", "", false),
  ])
  func readOnlyIsSaidWhereNothingKeepsToIt(_ platform: String, _ fields: String, _ loss: String, _ isSaid: Bool) throws {
    let rendered = try Rendered("-- agents/a.md --\n---\ndescription: D.\n\(fields)\n---\nA\n", for: [platform])
    #expect(rendered.losses(platform, "agents/a").filter { $0.hasPrefix("readonly") } == (loss.isEmpty ? [] : [loss]))
    #expect(rendered.texts.values.contains { $0.contains("Change no files.") } == isSaid)
  }
}
