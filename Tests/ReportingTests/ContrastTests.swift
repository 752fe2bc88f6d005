import Foundation
import Reporting
import Testing

/// Whether what is written on the page can be read by people who see little contrast: level AA of the web's guidelines.
@Suite struct ContrastTests {
  private static let texts = [
    ("ink", "bg"), ("ink", "panel"), ("ink", "head"), ("ink", "mark"), ("soft", "bg"), ("soft", "panel"), ("soft", "head"), ("link", "bg"),
    ("link", "panel"), ("link", "head"), ("link", "mark"), ("good", "bg"), ("bad", "bg"), ("nt", "n"), ("bt", "b"), ("st", "s"), ("ot", "o"),
    ("ct", "c"), ("dt", "d"), ("xt", "x"),
  ]
  private static let shapes = [("texts", "panel"), ("lists", "panel"), ("yours", "panel"), ("texts", "bg"), ("lists", "bg"), ("yours", "bg")]

  @Test func everythingIsReadableInLightAndDark() throws {
    let schemes = Report().page.components(separatedBy: ":root {").dropFirst().map { $0.components(separatedBy: "}")[0] }
    try #require(schemes.count == 2)
    for scheme in schemes {
      var colors: [String: Double] = [:]
      for part in scheme.components(separatedBy: "--").dropFirst() {
        let pair = part.components(separatedBy: ":").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " ;\n")) }
        if pair.count == 2, let light = luminance(pair[1]) { colors[pair[0]] = light }
      }
      for (least, pairs) in [(4.5, Self.texts), (3, Self.shapes)] {
        for (front, back) in pairs {
          let (one, other) = (try #require(colors[front], "\(front)"), try #require(colors[back], "\(back)"))
          let contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
          #expect(contrast >= least, "\(front) on \(back): \(contrast)")
        }
      }
    }
  }

  private func luminance(_ color: String) -> Double? {
    var digits = color.dropFirst().map { $0 }
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    guard color.hasPrefix("#"), digits.count == 6, let number = Int(String(digits), radix: 16) else { return nil }
    var parts: [Double] = []
    for shift in [16, 8, 0] {
      let part = Double(number >> shift & 255) / 255
      parts.append(part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4))
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
