import Diagnostics

/// Finds addresses whose host is not the one that it looks like.
struct Hosts {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private static let mostBytes = 300

  /// - Parameter start: what follows the `://`.
  func search(at start: Int, _ out: inout FindingList) {
    let end = authorityEnd(from: start)
    guard end > start else { return }
    var host = start..<end
    if let at = bytes[host].lastIndex(of: UInt8(ascii: "@")) {
      let user = bytes.text(start..<at)
      host = at + 1..<end
      // What stands before the sign looks like where it leads, and is a name to log in with.
      if user.contains("."), !user.contains(":"), user.split(separator: ".").last.map({ $0.count >= 2 && $0.allSatisfy(\.isLetter) }) ?? false {
        add(start..<end, "this looks like \(user.showingCodePoints(all: true)), and leads to \(bytes.text(host).showingCodePoints(all: true))", &out)
        return
      }
    }
    guard !host.isEmpty else { return }
    let text = bytes.text(host)
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      punycode(text, host, &out)
    } else if let look = Self.look(ofHost: text) {
      add(host, "the host `\(text.showingCodePoints(all: true))` passes for `\(look)`", &out)
    }
  }

  private func authorityEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count, index - start < Self.mostBytes {
      switch bytes[index] {
      case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "}"),
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "*"), UInt8(ascii: "{"), UInt8(ascii: "$"):
        return index
      default: index += 1
      }
    }
    return index
  }

  /// A host in the spelling of the wire shows nothing of how it looks.
  private func punycode(_ host: String, _ range: Range<Int>, _ out: inout FindingList) {
    let labels = host.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    guard labels.contains(where: { $0.hasPrefix("xn--") }) else { return }
    let decoded = labels.map { label in label.hasPrefix("xn--") ? Punycode.decoded(label.dropFirst(4)) ?? String(label) : String(label) }
      .joined(separator: ".")
    guard let look = Self.look(ofHost: decoded) else { return }
    add(range, "the host `\(host)` is `\(decoded.showingCodePoints(all: true))`, which passes for `\(look)`", &out)
  }

  private func add(_ range: Range<Int>, _ message: String, _ out: inout FindingList) {
    out.add(
      Finding(
        kind: .lookAlikeURL, severity: .error, range: range, message: message, help: "write the host that is meant, and look up who wrote this one"))
  }

  /// The ASCII that a host passes for; nil when nobody takes it for another one.
  static func look(ofHost host: String) -> String? {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    // Below a domain of its own script, a host of that script is at home.
    let isAtHome = labels.last.map { !$0.utf8.allSatisfy { $0 < 0x80 } } ?? false
    var isFound = false
    for label in labels {
      let values = label.unicodeScalars.filter { $0 != ":" && !$0.properties.isDefaultIgnorableCodePoint }.map(\.value)
      guard values.contains(where: { $0 >= 0x80 }), Confusables.skeleton(of: values) != nil else { continue }
      let isAlone = values.allSatisfy { $0 >= 0x80 || !UInt8($0).isASCIILetter }
      if !isAlone || !isAtHome { isFound = true }
    }
    let hides = host.unicodeScalars.contains { $0.value.hiddenClass != nil }
    guard isFound || hides else { return nil }
    return Confusables.skeleton(of: host.unicodeScalars.filter { $0.value.hiddenClass == nil }.map(\.value)) ?? "another one"
  }
}

/// The spelling of letters beyond ASCII in names of hosts, RFC 3492.
enum Punycode {
  static func decoded(_ text: some StringProtocol) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count <= 63 else { return nil }
    let dash = bytes.lastIndex(of: UInt8(ascii: "-"))
    var out: [UInt32] = dash.map { bytes[..<$0].map(UInt32.init) } ?? []
    var (n, i, bias): (UInt32, UInt32, UInt32) = (128, 0, 72)
    var index = dash.map { $0 + 1 } ?? 0
    while index < bytes.count {
      let old = i
      var (weight, k): (UInt32, UInt32) = (1, 36)
      while true {
        guard index < bytes.count, let digit = digit(bytes[index]) else { return nil }
        index += 1
        let (product, isTooMuch) = digit.multipliedReportingOverflow(by: weight)
        let (sum, overflows) = i.addingReportingOverflow(product)
        guard !isTooMuch, !overflows else { return nil }
        i = sum
        let threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
        if digit < threshold { break }
        let (next, isHuge) = weight.multipliedReportingOverflow(by: 36 - threshold)
        guard !isHuge else { return nil }
        (weight, k) = (next, k + 36)
      }
      let count = UInt32(out.count) + 1
      bias = adapted(i - old, count, isFirst: old == 0)
      let (sum, overflows) = n.addingReportingOverflow(i / count)
      guard !overflows, Unicode.Scalar(sum) != nil else { return nil }
      n = sum
      i %= count
      out.insert(n, at: Int(i))
      i += 1
    }
    var text = ""
    for value in out { if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) } }
    return text
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    if byte.isASCIILetter { return UInt32((byte | 0x20) - 0x61) }
    return byte.isASCIIDigit ? UInt32(byte - 0x30) + 26 : nil
  }

  private static func adapted(_ delta: UInt32, _ count: UInt32, isFirst: Bool) -> UInt32 {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k: UInt32 = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }
}
