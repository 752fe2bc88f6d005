import ContextModel
import Diagnostics
import Platforms

/// Which of the selected platforms get an artifact.
struct PlatformSet {
  private var bits: UInt64

  static let none = PlatformSet(bits: 0)

  private init(bits: UInt64) { self.bits = bits }

  /// Of more than 64 platforms some share a bit: then two sets may seem to overlap that do not.
  init(of audience: Audience, among platforms: [Platform]) {
    guard !platforms.isEmpty, audience != Audience() else {
      bits = .max
      return
    }
    bits = 0
    for (index, platform) in platforms.enumerated() where audience.includes(platform.id) { bits |= 1 << UInt64(index % 64) }
  }

  func overlaps(_ other: PlatformSet) -> Bool { bits & other.bits != 0 }

  mutating func formUnion(_ other: PlatformSet) { bits |= other.bits }
}

extension LintInput {
  /// The artifacts that a model reads, by the paths of their files; of several with one id the last, which replaces the others.
  var textsInReadingOrder: [Artifact] {
    var byID: [ArtifactID: Int] = [:]
    for (index, artifact) in artifacts.enumerated() where ArtifactKind.texts.contains(artifact.id.kind) { byID[artifact.id] = index }
    return byID.sorted { (artifacts[$0.value].text.path, $0.key) < (artifacts[$1.value].text.path, $1.key) }.map { artifacts[$0.value] }
  }
}
