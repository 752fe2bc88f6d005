internal import Disk

/// The git on the machine: which one it is, and how it is set up in a folder.
package struct GitProgram: Sendable {
  /// As it says, such as `2.39.5`.
  package let version: String

  private let git: Git
  private static let seconds = 5.0

  /// Nil when there is none, or it does not answer.
  /// - Parameters:
  ///   - root: the folder that it is asked in.
  ///   - variables: what the environment has under a name.
  package init?(in root: String, variables: ((String) -> String?)? = nil) {
    git = Git(root: root, variables: variables ?? Machine.variable)
    guard let answer = git.answer(to: ["--version"], mostOutput: 1000, before: Git.now + Self.seconds), answer.isComplete else { return nil }
    let words = String(decoding: answer.output, as: UTF8.self).split { $0 == " " || $0 == "\n" }
    guard words.count >= 3, words[0] == "git" else { return nil }
    version = String(words[2])
  }

  /// The numbers that its version begins with.
  package var numbers: [Int] { version.split(separator: ".").prefix(3).map { Int($0) ?? 0 } }

  /// What a setting says that is true or false; nil when it is not set.
  package func isSet(_ key: String) -> Bool? {
    let answer = git.answer(to: ["config", "--type=bool", "--get", key], mostOutput: 1000, before: Git.now + Self.seconds)
    guard let answer, answer.isComplete else { return nil }
    return answer.output.elementsEqual("true\n".utf8)
  }
}
