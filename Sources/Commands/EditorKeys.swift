import ContextLoading
import Schemas

extension EditorSpot {
  /// What the key under the pointer is for, in a head or a file of YAML; nil where there is no key that the schema describes.
  func summary(from schema: Schema?) -> String? {
    let head = path.hasSuffix(".md") ? HeadSplit(bytes).head : 0..<bytes.count
    guard let schema, let head, head.lowerBound <= offset, offset <= head.upperBound else { return nil }
    let rest = bytes[offset...].prefix { $0 != UInt8(ascii: "\n") }
    let line = before + String(decoding: rest, as: UTF8.self)
    guard let colon = line.firstIndex(of: ":"), before.count <= line.distance(from: line.startIndex, to: colon) else { return nil }
    let name = String(line[..<colon])
    return schema.keys.first { $0.name == name }.map { "`\(name)`: \($0.summary)" }
  }
}
