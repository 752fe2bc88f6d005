import Foundation

/// Documents and what the validator here says of them, one a line, for another validator to say the same: `AIWG_SCHEMA_DUMP=file`.
package enum SchemaDump {
  private static let lock = NSLock()

  package static func write(_ schema: String, _ json: String, isValid: Bool) {
    guard let path = ProcessInfo.processInfo.environment["AIWG_SCHEMA_DUMP"] else { return }
    lock.lock()
    defer { lock.unlock() }
    let value = json.replacingOccurrences(of: "\n", with: " ")
    if !FileManager.default.fileExists(atPath: path) { FileManager.default.createFile(atPath: path, contents: nil) }
    guard let file = FileHandle(forWritingAtPath: path) else { return }
    file.seekToEndOfFile()
    file.write(Data("{\"schema\": \"\(schema)\", \"valid\": \(isValid), \"value\": \(value)}\n".utf8))
    try? file.close()
  }
}
