import ContextModel
import Diagnostics
import FileTree
import Foundation
import SettingsFiles
import TestSupport

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
