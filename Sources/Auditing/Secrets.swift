import Diagnostics
import Patterns

/// Finds secrets: by the formats of services, and random text that is called a secret.
struct Secrets: Sendable {
  /// Names of what holds a secret, in lower case; what follows is looked at.
  static let anchors = [
    "api_key", "apikey", "api-key", "secret", "_token", "-token", "access_key", "accesskey", "auth_token", "authtoken", "password", "passwd",
    "bearer ",
    "private_key", "token\"", "token:", "token =", "token=",
  ]

  /// What is put where a secret belongs.
  private static let placeholders = [
    "example", "xxxx", "****", "your", "placeholder", "changeme", "change-me", "change_me", "dummy", "sample", "redacted", "insert", "replace",
    "todo", "fake",
    "test", "abcdef", "123456", "234567", "345678", "012345", "fedcba", "987654", "foobar", "qwerty", "secret", "password", "passwd", "mykey", "my-",
    "my_", "...", "lorem",
    "undefined", "process.env", "os.environ", "getenv", "secrets.", "vault", "deadbeef", "00000", "11111", "demo", "mock", "token", "invalid",
  ]

  private static let help = "take it out and change it: whoever can read the file, or its history, has it; name a variable of the environment instead"

  /// What looks like a token of a service, unless it stands for one.
  func judge(_ format: TokenFormat, _ range: Range<Int>, _ group: Range<Int>?, _ bytes: UnsafeBufferPointer<UInt8>, _ out: inout FindingList) {
    let text = Array(bytes[range])
    if format.entropy > 0 {
      let isAddress = format.anchors == ["://"]
      // In an address it is the password that counts; in a token all behind its prefix.
      let body = isAddress ? Array(bytes[group ?? range]) : text
      guard Self.entropy(of: body) >= format.entropy, !Self.isPlaceholder(body, besides: isAddress ? [] : format.anchors) else { return }
      if isAddress,
        Self.isPlaceholder(text, besides: ["token", "test", "my-", "my_", "secret", "password", "vault", "demo", "replace", "insert"])
          || Self.isLocal(text)
      {
        return
      }
    } else if isKeyWithoutContent(range, bytes) {
      return
    }
    let isKey = format.entropy == 0
    let shown = isKey ? 0 : min(8, range.count / 4)
    out.add(
      Finding(
        kind: .secret, severity: .error, range: range, message: "this looks like \(format.name)", help: Self.help,
        masked: isKey ? nil : range.lowerBound + shown..<range.upperBound))
  }

  /// Whether nothing that could be a key follows the line that announces one, as in prose about keys.
  private func isKeyWithoutContent(_ range: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var (letters, index) = (0, range.upperBound)
    while index < bytes.count, index - range.upperBound < 400 {
      let byte = bytes[index]
      if byte.isASCIILetterOrDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=") {
        letters += 1
        if letters >= 40 { return Self.entropy(of: bytes[index - 39...index]) < 3.5 }
      } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "n") || bytes[index + 1] == UInt8(ascii: "r") {
        // A line end in a string of a program.
        index += 1
      } else if byte == 0x20 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") {
        // The head of an encrypted key has words.
        if byte == 0x20 && letters < 20 && letters > 0 && !bytes[range.upperBound..<index].contains(UInt8(ascii: ":")) { return true }
        letters = 0
      } else if byte != 0x0A && byte != 0x0D && byte != 0x09 && byte != UInt8(ascii: "-") {
        return true
      }
      index += 1
    }
    return true
  }

  // MARK: By what it is called

  /// What follows a name in a program, and no secret.
  private static let callers = Array("({[$<%*@:".utf8)

  /// - Parameter end: behind the name of what holds a secret.
  func search(
    at end: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ lowered: UnsafeBufferPointer<UInt8>, _ file: AuditedFile, _ doneUpTo: inout Int,
    _ out: inout FindingList
  ) {
    guard end >= doneUpTo else { return }
    var index = end
    let limit = min(bytes.count, end + 48)
    // The rest of the name, quotes, and what assigns.
    while index < limit, bytes[index].isASCIILetterOrDigit || bytes[index] == UInt8(ascii: "_") || bytes[index] == UInt8(ascii: "-") { index += 1 }
    var assigns = bytes[end - 1] == 0x20 && lowered[max(0, end - 7)..<end].elementsEqual("bearer ".utf8) || ":=".utf8.contains(bytes[end - 1])
    while index < limit, " \t\"'`:=>(".utf8.contains(bytes[index]) {
      if ":=".utf8.contains(bytes[index]) { assigns = true }
      index += 1
    }
    guard assigns, index < bytes.count else { return }
    var stop = index
    while stop < bytes.count, stop - index < 200, bytes[stop].isASCIILetterOrDigit || "+/=_-.~".utf8.contains(bytes[stop]) { stop += 1 }
    doneUpTo = max(doneUpTo, stop)
    let value = Array(bytes[index..<stop])
    guard isRandom(value), stop == bytes.count || !Self.callers.contains(bytes[stop]) else { return }
    // What a format knows is told by its name.
    guard
      !TokenFormats.all.contains(where: { format in
        format.anchors.contains { $0 != "://" && $0.count >= 4 && lowered[index..<stop].starts(with: $0.utf8) }
      })
    else { return }
    out.add(
      Finding(
        kind: .secret, severity: .warning, range: index..<stop, message: "this looks like a secret: it is called one, and is random",
        help: Self.help, masked: index + 3..<stop))
  }

  /// Whether a value is made by chance: letters of both cases and digits, or many hexadecimal digits.
  private func isRandom(_ value: [UInt8]) -> Bool {
    guard value.count >= 20, !Self.isPlaceholder(value, besides: []) else { return false }
    let (digits, lowers, uppers) = (
      value.count { $0.isASCIIDigit }, value.count { (0x61...0x7A).contains($0) }, value.count { (0x41...0x5A).contains($0) }
    )
    // Paths, names in programs, versions.
    if value.contains(UInt8(ascii: ".")) || value.count(where: { $0 == UInt8(ascii: "/") }) > 2
      || value.count(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) > 3
    {
      return false
    }
    let entropy = Self.entropy(of: value)
    let isHexadecimal = value.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0 | 0x20) }
    if isHexadecimal { return value.count >= 32 && digits > 4 && lowers + uppers > 4 && entropy > 3.2 }
    return digits >= 2 && lowers >= 2 && uppers >= 2 && entropy > 3.8 || value.count >= 32 && digits >= 5 && lowers >= 5 && entropy > 4
  }

  // MARK: What is none

  private static func isPlaceholder(_ value: some Collection<UInt8>, besides own: [String]) -> Bool {
    let lower = value.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    var rest = lower[...]
    for prefix in own where rest.starts(with: prefix.utf8) { rest = rest.dropFirst(prefix.utf8.count) }
    // One character over and over.
    var (run, longest, last): (Int, Int, UInt8) = (0, 0, 0)
    for byte in rest {
      run = byte == last ? run + 1 : 1
      (longest, last) = (max(longest, run), byte)
    }
    return longest >= 6 || placeholders.contains { word in !own.contains(word) && rest.firstRange(of: Array(word.utf8)) != nil }
  }

  /// An address of this machine, or one that stands for any.
  private static func isLocal(_ address: [UInt8]) -> Bool {
    guard let at = address.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let host = String(decoding: address[(at + 1)...], as: UTF8.self).lowercased()
    return !host.contains(".") || ["localhost", "127.", "0.0.0.0", "example.", "host."].contains { host.hasPrefix($0) }
  }

  /// Bits for each character.
  static func entropy(of bytes: some Collection<UInt8>) -> Double {
    guard !bytes.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let total = Double(bytes.count)
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / total
      return sum - share * log2(share)
    }
  }

  /// The logarithm to the base of two, near enough: no room imports a library of mathematics.
  private static func log2(_ value: Double) -> Double {
    var significand = value.significand
    // The series of atanh, for a value from 1 to 2.
    var result = Double(value.exponent)
    significand = (significand - 1) / (significand + 1)
    var (power, sum) = (significand, 0.0)
    for step in 0..<12 {
      sum += power / Double(2 * step + 1)
      power *= significand * significand
    }
    result += 2 * sum / 0.6931471805599453
    return result
  }
}
