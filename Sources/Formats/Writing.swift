import ContextModel
import Layout
import Platforms

/// What one delivery says in its place, before it is bytes of a format.
struct Writing {
  let head: FieldRendering
  let body: BodyRendering
  /// Keys of fields that the body shows.
  let told: [String]

  /// The bytes, in parts that many outputs may share.
  func parts(of delivery: Layout.Delivery) -> [ArraySlice<UInt8>] {
    let parts = body.pieces.parts
    return switch delivery.place.format {
    case .markdown, .skill: [documentHead(of: delivery)[...]] + parts
    case .toml: TOMLWriter.table(head.fields, bodyKey: delivery.form.bodyKey ?? TOMLWriter.usualBodyKey, body: parts)
    case .block: [Section(delivery, self).bytes[...]]
    case .import: []
    }
  }

  /// Dashes at the start of a body would be taken for the head.
  private func documentHead(of delivery: Layout.Delivery) -> [UInt8] {
    let empty = head.fields.isEmpty && body.pieces.opening.starts(with: "---".utf8) ? Array("---\n---\n".utf8) : []
    return FrontmatterWriter.head(head.fields) { delivery.quotes(of: $0, saying: $1) } + empty
  }
}

extension Layout.Delivery {
  /// The quotes that the author put around the same text under the same key.
  fileprivate func quotes(of key: String, saying text: String) -> Quotes? {
    let own = platforms.compactMap { platform in artifact.overrides[platform]?.first { $0.key == key } }.first
    let field = own ?? artifact.fields.first { $0.key == key }
    return field?.value == .text(text) ? field?.quotes : nil
  }
}
