import ContextModel
import Diagnostics
import FileTree
import Foundation
import SettingsFiles
import TestSupport

/// Whether laws are tried with as many cases as they were once proved with.
let isLawFull = ProcessInfo.processInfo.environment["AIWG_LAWS"] == "full"

/// The seed that `AIWG_SEED` names, or another one each time.
func lawSeed() -> UInt64 { ProcessInfo.processInfo.environment["AIWG_SEED"].flatMap { UInt64($0) } ?? .random(in: 0..<1_000_000) }

extension SettingsFile {
  init(_ text: String, _ syntax: SettingsSyntax) throws(SettingsRefusal) {
    try self.init(Array(text.utf8), syntax: syntax, path: "settings." + syntax.rawValue)
  }
}

extension SeededGenerator {
  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

  /// True once in so many times.
  mutating func chance(_ times: Int) -> Bool { below(times) == 0 }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}
