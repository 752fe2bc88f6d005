import ContextModel
import Formats
import Foundation
import Layout
import Platforms
import TestSupport
import Testing

/// What is written can be taken apart again, for every artifact in every place.
struct LensTests {
  private let isFull = ProcessInfo.processInfo.environment["AIWG_LAWS"] == "full"

  @Test func everyOutputOfTheCorpusIsReadBack() throws {
    let catalog = try shippedCatalog()
    guard let tree = try corpusTree(catalog) else { return print("skipped: no corpus beside the checkout") }
    var count = 0
    for platform in catalog.sample() {
      let lenses = Deployed(tree, for: [platform.id], in: catalog).all
      for (number, lens) in lenses.enumerated() where isFull || number % 4 == 0 {
        let written = try lens.write()
        let covered = written.runs.reduce(0) { $0 + $1.length }
        #expect(covered == written.text.body.count, "\(lens.delivery.path) \(lens.delivery.artifact.id)")
        var position = 0
        for run in written.runs {
          if case .verbatim(let range) = run.origin {
            #expect(lens.delivery.artifact.body.bytes[range].elementsEqual(written.text.body[position..<position + run.length]))
          }
          position += run.length
        }
        count += 1
      }
    }
    print("\(count) outputs of the corpus were read back")
  }
}
