import ContextLoading

/// The lines of a body, walked over once from the first to the last: what stands around an offset.
struct BodyLines {
  private let bytes: [UInt8]
  private var line = 0..<0
  private var next = 0
  /// The last heading above or at the line, in lower case.
  private(set) var heading = ""
  private var hasListAbove = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Goes on to the line of an offset, which must not lie before that of an earlier call.
  mutating func go(to offset: Int) {
    while next <= offset, next < bytes.count {
      let end = bytes[next...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      line = next..<end
      next = end + 1
      note()
    }
  }

  private mutating func note() {
    guard let first = bytes[line].first else { return }
    if first == UInt8(ascii: "#") {
      heading = String(decoding: bytes[line].prefix(200), as: UTF8.self).lowercased()
      hasListAbove = false
    } else if startsItem(bytes[line]) {
      hasListAbove = true
    } else if first != 0x20, first != 0x09 {
      hasListAbove = false
    }
  }

  private func startsItem(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 }
    let marker = text.prefix { !($0 == 0x20) }
    return marker.count <= 3 && text.count > marker.count && marker.last.map { "-*+.)".utf8.contains($0) } ?? false
  }

  /// What the line says before an offset, in lower case; no more of it than matters.
  func words(before offset: Int) -> String {
    let start = max(line.lowerBound, offset - 200)
    return start < offset ? String(decoding: bytes[start..<offset], as: UTF8.self).lowercased() : ""
  }

  /// What the line says behind an offset, in lower case; no more of it than matters.
  func words(after offset: Int) -> String {
    let end = min(line.upperBound, offset + 200)
    return offset < end ? String(decoding: bytes[offset..<end], as: UTF8.self).lowercased() : ""
  }

  /// Whether the line is code by its indentation: nothing that a list could hold.
  var isIndentedCode: Bool {
    !hasListAbove && (bytes[line].starts(with: "    ".utf8) || bytes[line].first == 0x09)
  }
}
