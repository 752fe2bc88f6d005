import ContextModel
import Diagnostics
import FileTree
import Layout
package import Platforms

/// What becomes of one field where a platform takes a shape.
package struct FieldFate: Hashable, Sendable {
  package enum Fate: String, CaseIterable, Sendable {
    case exact, renamed
    case standIn = "stood-in"
    case stripped, dropped
  }

  package var shape: Shape
  /// The id of the place.
  package var place: String
  package var field: String
  package var fate: Fate
  /// The platform's own key, or why it is not the field itself; empty when there is nothing to say.
  package var detail: String
}

/// What becomes of every field on a platform, at each place that it takes a shape in, best first.
///
/// It is found by rendering an artifact that has all of them, so that it says what really happens.
package func fieldMatrix(of platform: Platform, in catalog: PlatformCatalog) -> [FieldFate] {
  platform.takes.sorted { $0.key < $1.key }.flatMap { shape, ids in
    ids.compactMap { catalog.places[$0] }.flatMap { place -> [FieldFate] in
      let carrier = place.importing.flatMap { $0.place }.flatMap { catalog.places[$0] } ?? place
      return fates(of: shape, at: carrier, on: platform, in: catalog)
    }
  }
}

/// The key that stands for every key that nobody knows.
package let anyOtherField = "any-other"

private func fates(of shape: Shape, at place: Place, on platform: Platform, in catalog: PlatformCatalog) -> [FieldFate] {
  let artifact = sample(of: shape)
  guard let form = place.forms[shape], let path = place.mainFile(name: artifact.id.name) else { return [] }
  let delivery = Layout.Delivery(
    artifact: artifact, place: place, form: form, name: artifact.id.name, path: path, platforms: [platform.id])
  let layout = Layout(deliveries: [delivery])
  let tree = ContextTree(joining: [[artifact]])
  let losses = Renderer(of: tree, in: catalog).render(layout).losses
  let head = FieldRendering(delivery, handled: delivery.handledFields)
  return artifact.fields.map { field in
    let fate = fate(of: field, head, form, losses.filter { $0.field == field.key })
    return FieldFate(shape: shape, place: place.id, field: field.key, fate: fate.0, detail: fate.1)
  }
}

private func fate(of field: Field, _ head: FieldRendering, _ form: Place.Form, _ losses: [Loss]) -> (FieldFate.Fate, String) {
  let worst: [(Loss.Kind, FieldFate.Fate)] = [(.dropped, .dropped), (.stripped, .stripped), (.standIn, .standIn)]
  for (kind, fate) in worst {
    if let loss = losses.first(where: { $0.kind == kind }) { return (fate, loss.reason) }
  }
  let canonical = field.key == "disable-model-invocation" ? [field.key, "user-only"] : [field.key]
  if let rule = form.fields.first(where: { !$0.expressed.allSatisfy { !canonical.contains($0) } }) {
    let isSame = rule.key == field.key && head.fields.contains { $0.key == field.key && $0.value == .value(field.value) }
    return isSame ? (.exact, "") : (.renamed, "`\(rule.key)`")
  }
  if form.expresses.contains(field.key) { return (.exact, "by where it stands") }
  return (.exact, "")
}

/// An artifact with a value for everything that its kind knows.
private func sample(of shape: Shape) -> Artifact {
  var fields: [Field] = [Field("description", .text("What it is for."))]
  func add(_ key: String, _ value: FieldValue) { fields.append(Field(key, value)) }
  switch shape.kind {
  case .rule:
    add("severity", .text("HIGH"))
    add("category", .text("architecture"))
    add("factor", .text("12-factor-VI"))
    if shape.activation != .always { add("globs", .list([.text("src/**")])) }
    add("activation", .text(shape.activation?.rawValue ?? "always"))
  case .agent:
    add("tools", .list([.text("Read"), .text("Grep")]))
    add("model", .text("sonnet"))
    add("readonly", .bool(true))
  case .command:
    add("argument-hint", .text("[path]"))
    add("allowed-tools", .list([.text("Read")]))
    add("model", .text("sonnet"))
    add("disable-model-invocation", .bool(true))
  case .server, .hook, .permissions, .ignore, .behavior: break
  case .skill:
    add("license", .text("MIT"))
    add("compatibility", .text("Needs git."))
    add("metadata", .map([.init("version", .text("1.0"))]))
    add("allowed-tools", .list([.text("Read")]))
    add("disable-model-invocation", .bool(true))
  }
  add("tags", .list([.text("a"), .text("b")]))
  add(anyOtherField, .text("kept"))
  return Artifact(
    id: ArtifactID(kind: shape.kind, name: "sample"), path: TreePath(known: "sample.md"), text: SourceText(path: "sample.md", bytes: []),
    fields: fields, body: Body(bytes: Array("# Sample\n".utf8)), tree: MemoryTree())
}
