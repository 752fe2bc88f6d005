import ContextModel
import FileTree

/// The texts of a tree in reading order, each read once for all checks that compare what they say.
struct ReadTexts: Sendable {
  let artifacts: [Artifact]
  /// By artifact.
  let paragraphs: [[Paragraph]]
  /// By artifact.
  let statements: [[SaidStatement]]

  init(_ input: LintInput, lanes: any Lanes) {
    let artifacts = input.textsInReadingOrder
    let read = lanes.map(below: artifacts.count) { Self.read(artifacts[$0], $0) }
    self.artifacts = artifacts
    (paragraphs, statements) = (read.map(\.0), read.map(\.1))
  }

  private static func read(_ artifact: Artifact, _ index: Int) -> ([Paragraph], [SaidStatement]) {
    artifact.body.bytes.withUnsafeBufferPointer { bytes in
      let blocks = WordedBlocks(bytes)
      let tag = artifact.language?.text.prefix { $0 != "-" }
      let modals = tag.map { tag in ModalWords.all.first { $0.language == tag } } ?? ModalWords.ofLanguage(of: bytes)
      let said = modals.map { SaidStatements(bytes, blocks, $0, takesOrders: artifact.id.kind == .rule).all } ?? []
      return (Paragraph.all(in: blocks, of: index), said)
    }
  }
}
