import ContextModel
import Diagnostics
import FileTree
import Globs
import Layout
import Platforms

/// A section or an import line on its way into a block.
struct BlockPart: Sendable {
  /// Import lines first, then sections, the weightiest first.
  var order: (rank: Int, name: String)
  var bytes: [UInt8]
  /// Nil for an import line.
  var artifact: Artifact?
  var platforms: [String]
}

extension BlockPart {
  init(_ line: Layout.ImportLine) {
    self.init(order: (-1, line.line), bytes: Array((line.line + "\n").utf8), artifact: nil, platforms: line.platforms)
  }
}

extension [BlockPart] {
  /// In order, each with the line break that stands before the next one; joined, they are the block.
  var laidOut: [BlockPart] {
    var parts = sorted { $0.order < $1.order }
    for index in parts.indices.dropLast() { parts[index].bytes.append(UInt8(ascii: "\n")) }
    return parts
  }
}

/// What one delivery comes to.
struct RenderedDelivery: Sendable {
  var outputs: [DesiredOutput] = []
  var section: BlockPart?
  var losses: [Loss.Group] = []
}

/// Renders deliveries one by one, each without regard to the others.
struct DeliveryRenderer: Sendable {
  private let readings: PlaceReadings
  private let links: Links
  private let shown: [String]
  private let strippingReaders: [String: Set<String>]
  /// By place: how long fields of the files there may be.
  private let fieldLimits: [String: [PlatformLimit]]
  private var references: References

  init(layout: Layout, references: References, readings: PlaceReadings, shown: [String]) {
    self.readings = readings
    self.references = references
    links = Links(layout: layout, references: references)
    self.shown = shown
    var samples: [String: String] = [:]
    var last: String?
    // Those of one place stand side by side.
    for delivery in layout.deliveries where delivery.place.id != last {
      last = delivery.place.id
      if samples[delivery.place.id] == nil { samples[delivery.place.id] = delivery.path.text }
    }
    strippingReaders = samples.mapValues(readings.strippingReaders)
    fieldLimits = samples.mapValues(readings.fieldLimits)
  }

  /// The same with other text in one of the artifacts.
  func replacing(_ artifact: Artifact) -> DeliveryRenderer {
    var out = self
    out.references = references.replacing(artifact)
    return out
  }

  /// How text of a delivery goes back.
  func canonicalSpelling(for delivery: Layout.Delivery) -> CanonicalSpelling { CanonicalSpelling(delivery: delivery, links: links) }

  /// What an output may say, what most of it is taken for fields first.
  func readings(of text: OutputText, for delivery: Layout.Delivery) -> [Lens.Read] {
    let spelling = canonicalSpelling(for: delivery)
    let body = BodyReading(text, of: delivery, limits: fieldLimits[delivery.place.id] ?? [], showing: shown, spelling: spelling)
    let all = OutputReading(text, body, of: delivery, showing: shown)
    let asItStands = OutputReading(text, BodyReading(asItStands: text, spelling: spelling), of: delivery, showing: [])
    var out: [Lens.Read] = []
    for reading in [all, asItStands] {
      for own in OutputReading.OwnFields.all {
        let read = reading.read(own: own)
        if !out.contains(read) { out.append(read) }
      }
    }
    return out
  }

  /// The head and the body of what a delivery comes to, before they are bytes of a format.
  func write(_ delivery: Layout.Delivery) -> Writing {
    let head = FieldRendering(delivery, handled: delivery.handledFields, limits: fieldLimits[delivery.place.id] ?? [])
    var body = BodyRendering(delivery, targets: references.targets(of: delivery.artifact), links: links)
    if let (restriction, field) = head.restriction { body.append(paragraph: restriction, saying: field) }
    let told = show(delivery, in: &body)
    if let description = head.fullDescription { body.insert(line: onOneLine(description), saying: "description") }
    if let occasion = BehaviorOccasion(of: delivery.artifact) { body.insert(line: occasion.text, saying: "on") }
    return Writing(head: head, body: body, told: told)
  }

  func render(_ delivery: Layout.Delivery) -> RenderedDelivery {
    var out = RenderedDelivery()
    let writing = write(delivery)
    let (head, body, told) = (writing.head, writing.body, writing.told)
    note(head.losses.filter { !told.contains($0.field) } + body.losses, of: delivery, in: &out)
    for (platform, found) in head.lossesOfOne.sorted(by: { $0.key < $1.key }) { note(found, for: [platform], of: delivery, in: &out) }
    for platform in delivery.platforms where strippingReaders[delivery.place.id]?.contains(platform) ?? false {
      let stripped = head.kept.filter { !told.contains($0) }
      note(
        stripped.map { .init(field: $0, kind: .stripped, reason: "it is there, and the model never sees it") }, for: [platform], of: delivery,
        in: &out)
    }
    noteIgnored(delivery, in: &out)
    noteForm(delivery, in: &out)
    switch delivery.place.format {
    case .markdown, .toml, .skill:
      add(.parts(writing.parts(of: delivery)), at: delivery.path, for: delivery, to: &out)
      if delivery.place.format == .skill { addFiles(beside: delivery, to: &out) }
    case .block:
      out.section = BlockPart(
        order: (delivery.artifact.weightRank, delivery.name), bytes: Section(delivery, writing).bytes, artifact: delivery.artifact,
        platforms: delivery.platforms)
    case .import:
      break
    }
    return out
  }

  /// Puts fields into the text that are to be shown there; the lead of a section has them already.
  ///
  /// - Returns: the keys of those that it told.
  private func show(_ delivery: Layout.Delivery, in body: inout BodyRendering) -> [String] {
    guard !shown.isEmpty, delivery.place.format != .block else { return [] }
    let facts = shown.compactMap { key -> (key: String, text: String)? in
      guard let words = delivery.artifact.fields[key].flatMap(inWords).map(onOneLine), !words.isEmpty else { return nil }
      return (key, "\(key): \(words)")
    }
    guard !facts.isEmpty else { return [] }
    body.insert(line: "*" + facts.map(\.text).joined(separator: "; ") + "*", saying: facts.map(\.key).joined(separator: ", "))
    return facts.map(\.key)
  }

  private func add(
    _ content: Content, isExecutable: Bool = false, at path: TreePath, for delivery: Layout.Delivery, origin: String? = nil,
    to out: inout RenderedDelivery
  ) {
    let form = DesiredOutput.Form.file(content, isExecutable: isExecutable)
    out.outputs.append(
      DesiredOutput(path: path, form: form, origins: [origin ?? delivery.artifact.text.path], platforms: delivery.platforms))
  }

  /// A skill's resources, and what a platform wants to have beside it.
  private func addFiles(beside delivery: Layout.Delivery, to out: inout RenderedDelivery) {
    guard let folder = delivery.path.parent else { return }
    let artifact = delivery.artifact
    for resource in artifact.resources {
      let shown = artifact.text.path.dropLast(artifact.path.name.utf8.count) + resource.path.text
      add(
        .copy(of: resource.source, in: artifact.tree), isExecutable: resource.isExecutable, at: folder.appending(resource.path), for: delivery,
        origin: String(shown), to: &out)
    }
    for sidecar in delivery.place.sidecars where !sidecar.onlyForUserOnly || artifact.isUserOnly || delivery.form.setsUserOnly {
      guard !artifact.resources.contains(where: { $0.path == sidecar.path }) else {
        let reason = "the skill has its own `\(sidecar.path)`"
        note([.init(field: "disable-model-invocation", kind: .dropped, reason: reason)], of: delivery, in: &out)
        continue
      }
      add(.bytes(Array(sidecar.text.utf8)), at: folder.appending(sidecar.path), for: delivery, to: &out)
    }
  }

  private func note(_ found: [Loss.Found], for platforms: [String]? = nil, of delivery: Layout.Delivery, in out: inout RenderedDelivery) {
    out.losses += found.map { Loss.Group(platforms: platforms ?? delivery.platforms, delivery: delivery, found: $0) }
  }

  /// What the artifact is and when it loads, where the form has no more than words for it.
  private func noteForm(_ delivery: Layout.Delivery, in out: inout RenderedDelivery) {
    let artifact = delivery.artifact
    if delivery.form.isStandIn, delivery.displacedFrom.isEmpty {
      let reason = "a \(delivery.place.format == .skill ? "skill" : "text") stands in for the \(artifact.id.kind.rawValue)"
      note([.init(field: "kind", kind: .standIn, reason: reason)], of: delivery, in: &out)
    }
    if delivery.place.format == .block, artifact.activation == .globs, !delivery.place.isForDirectory {
      let key = artifact.fields["globs"] == nil ? "paths" : "globs"
      note([.init(field: key, kind: .standIn, reason: "said in words: the rule loads at start, whatever is worked on")], of: delivery, in: &out)
    }
  }

  /// Fields that are written and that a platform makes nothing of where it reads the kind.
  private func noteIgnored(_ delivery: Layout.Delivery, in out: inout RenderedDelivery) {
    guard delivery.place.format == .skill else { return }
    let id = delivery.artifact.id
    // A rule in the form of a skill is read as one.
    let kind = delivery.artifact.isRule ? ArtifactKind.skill : id.kind
    for platform in delivery.platforms {
      for field in readings.ignored(by: platform, in: kind) {
        let isUserOnly = field == "disable-model-invocation"
        let isSaid = isUserOnly ? delivery.artifact.isUserOnly || delivery.form.setsUserOnly : delivery.artifact.fields[field] != nil
        guard isSaid else { continue }
        let reason = isUserOnly ? "the model may use it without being asked" : "it ignores the field"
        note([.init(field: field, kind: .stripped, reason: reason)], for: [platform], of: delivery, in: &out)
      }
    }
  }
}

extension Place.Form {
  /// Whether the form makes everything user-only.
  fileprivate var setsUserOnly: Bool {
    fields.contains { $0.key == "disable-model-invocation" && $0.source == .constant(.bool(true)) }
  }
}

/// What all platforms make of files, with their patterns read once.
struct PlaceReadings: Sendable {
  private let stripping: [(platform: String, globs: [Glob])]
  private let limits: PlatformLimits
  /// By platform and kind folder, as platforms have it.
  private let ignored: [String: [String: [String]]]

  init(of platforms: [Platform]) {
    stripping = platforms.map { platform in (platform.id, platform.reads.filter { $0.strips.contains(.head) }.map { Glob($0.path) }) }
      .filter { !$0.globs.isEmpty }
    limits = PlatformLimits(platforms)
    ignored = Dictionary(uniqueKeysWithValues: platforms.map { ($0.id, $0.ignores) })
  }

  /// Canonical fields that a platform ignores where it reads a kind.
  func ignored(by platform: String, in kind: ArtifactKind) -> [String] { ignored[platform]?[kind.folder] ?? [] }

  /// The platforms that take the head out before the model reads a file.
  func strippingReaders(of file: String) -> Set<String> {
    Set(stripping.lazy.filter { $0.globs.contains { $0.matches(file) } }.map(\.platform))
  }

  /// How long fields of a file may be.
  func fieldLimits(on file: String) -> [PlatformLimit] { limits.on(file, where: { $0.field != nil }) }
}
