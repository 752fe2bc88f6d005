package import ContextLoading
package import ContextModel
package import FileTree
package import Layout
import Platforms

/// One delivery's way there and back: what is written for an artifact, and where each byte of it is from.
package struct Lens: Sendable {
  package let delivery: Layout.Delivery
  private let renderer: DeliveryRenderer

  init(_ delivery: Layout.Delivery, _ renderer: DeliveryRenderer) {
    (self.delivery, self.renderer) = (delivery, renderer)
  }

  /// What is written for the delivery.
  package struct Written: Sendable {
    /// A file, or a part of a block.
    package var bytes: [UInt8]
    /// The same, taken apart.
    package var text: OutputText
    /// Where the bytes of the body are from, in order and without gaps.
    package var runs: [BodyRun]
  }

  /// What is written for the artifact of the delivery.
  /// - Throws: `ReadingProblem` when the place holds nothing that could be read back.
  package func write() throws(ReadingProblem) -> Written {
    let writing = renderer.write(delivery)
    let bytes = Array(writing.parts(of: delivery).joined())
    let text = try OutputText(bytes, at: delivery.place, form: delivery.form)
    let runs = delivery.place.format == .block ? sectionRuns(of: writing.body) : writing.body.pieces.runs
    return Written(bytes: bytes, text: text, runs: runs)
  }

  /// What a file says as a canonical one: the inverse of `write`, but for what that reports as lost and for the spelling of references.
  package struct Read: Hashable, Sendable {
    package var changes: [HeadChange]
    package var body: [UInt8]
    package var problems: [ReadingProblem]
  }

  /// Reads a file, or a part of a block, that stands in the place of the delivery.
  /// - Throws: `ReadingProblem` when the bytes are not of the place's form.
  package func read(_ bytes: [UInt8]) throws(ReadingProblem) -> Read {
    let text = try OutputText(bytes, at: delivery.place, form: delivery.form)
    let readings = renderer.readings(of: text, for: delivery)
    guard readings.count > 1 else { return readings[0] }
    // What could be said in several ways was said in the one that is written so.
    return readings.first { (try? replacing($0.applied(to: delivery.artifact))?.write().bytes) == bytes } ?? readings[0]
  }

  /// The way back for the head.
  package var head: HeadReading { HeadReading(delivery.form, of: delivery) }

  /// What aiwg puts before the description of a rule that stands here for want of room elsewhere; nil when it stands where it belongs.
  package var leadOfDescription: String? {
    delivery.artifact.isRule && !delivery.displacedFrom.isEmpty ? occasionLead(for: delivery.artifact) : nil
  }

  /// Text of the place as it would stand in the canonical file.
  package func canonicalSpelling(of text: [UInt8]) -> [UInt8] { renderer.canonicalSpelling(for: delivery).text(forNew: text) }

  /// The same way for another state of the artifact; nil when the place has no form for what it is now.
  package func replacing(_ artifact: Artifact) -> Lens? {
    // For want of room, a rule that loads by itself stands here in the form of another shape.
    if delivery.isReview, artifact.review == nil { return nil }
    let keepsForm = delivery.isReview || artifact.shape == delivery.artifact.shape || (!delivery.displacedFrom.isEmpty && artifact.loadsByItself)
    guard let form = keepsForm ? delivery.form : delivery.place.forms[artifact.shape] else { return nil }
    let changed = Layout.Delivery(
      artifact: artifact, place: delivery.place, form: form, name: delivery.name, path: delivery.path, platforms: delivery.platforms,
      displacedFrom: delivery.displacedFrom, isReview: delivery.isReview)
    return Lens(changed, renderer.replacing(artifact))
  }
}

extension Renderer {
  /// By path: the ways of all that stands there, in its order; one for a file, one for each rule of a block.
  package func lenses(in layout: Layout) -> [TreePath: [Lens]] {
    let renderer = deliveryRenderer(for: layout)
    let found = layout.deliveries.filter { $0.place.format != .import }.map { Lens($0, renderer) }
    return Dictionary(grouping: found, by: \.delivery.path).mapValues { lenses in
      lenses.sorted { ($0.delivery.artifact.weightRank, $0.delivery.name) < ($1.delivery.artifact.weightRank, $1.delivery.name) }
    }
  }
}

/// The runs of a body as a section has it: without line ends around it, and with LF ends.
private func sectionRuns(of body: BodyRendering) -> [BodyRun] {
  let bytes = body.pieces.bytes
  var out: [BodyRun] = []
  var position = 0
  for run in body.pieces.runs {
    var (start, length) = (position, 0)
    func close(at end: Int) {
      guard length > 0 else { return }
      if case .verbatim(let range) = run.origin {
        let lower = range.lowerBound + start - position
        out.append(BodyRun(.verbatim(lower..<lower + length), length: length))
      } else {
        out.append(BodyRun(run.origin, length: length))
      }
    }
    for index in position..<position + run.length {
      let isDropped = bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
      guard isDropped else {
        length += 1
        continue
      }
      close(at: index)
      // What is put before the first line end of a run goes before all of it.
      if index == position, case .verbatim(let range) = run.origin {
        out.append(BodyRun(.verbatim(range.lowerBound..<range.lowerBound), length: 0))
      }
      (start, length) = (index + 1, 0)
    }
    close(at: position + run.length)
    position += run.length
  }
  return out.trimmed(bytes: withLineFeeds(bytes[...]))
}

extension [BodyRun] {
  /// Without the line ends at both ends of the bytes that the runs cover.
  fileprivate func trimmed(bytes: [UInt8]) -> [BodyRun] {
    let head = bytes.prefix(while: \.isLineEnd).count
    guard head < bytes.count, let last = bytes.lastIndex(where: { $0 != UInt8(ascii: "\n") }) else { return [] }
    return dropping(first: head).keeping(first: last + 1 - head)
  }

  private func dropping(first count: Int) -> [BodyRun] {
    var left = count
    return compactMap { run in
      let cut = Swift.min(left, run.length)
      left -= cut
      guard cut < run.length || run.length == 0 && left == 0 else { return nil }
      guard cut > 0, case .verbatim(let range) = run.origin else { return BodyRun(run.origin, length: run.length - cut) }
      return BodyRun(.verbatim(range.lowerBound + cut..<range.upperBound), length: run.length - cut)
    }
  }

  private func keeping(first count: Int) -> [BodyRun] {
    var left = count
    return compactMap { run in
      let length = Swift.min(left, run.length)
      left -= length
      guard length > 0 || run.length == 0 && left > 0 else { return nil }
      guard length < run.length, case .verbatim(let range) = run.origin else { return BodyRun(run.origin, length: length) }
      return BodyRun(.verbatim(range.lowerBound..<range.lowerBound + length), length: length)
    }
  }
}

extension Artifact {
  /// Whether it is a rule that nobody has to ask for.
  fileprivate var loadsByItself: Bool { isRule && (activation == .always || activation == .globs) }
}
