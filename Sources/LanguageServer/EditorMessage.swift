import Diagnostics
package import JSON

/// A request or a notification of an editor.
package struct EditorMessage {
  package var method: String
  package var parameters: JSONNode?
  /// Nil for a notification, which gets no answer.
  package var id: JSONValue?

  /// Nil for what is neither: an answer, or no JSON.
  package init?(_ bytes: [UInt8]) {
    var ignored: [Diagnostic] = []
    let limits = JSONLimits(depth: 64, values: 1_000_000, bytes: 64 << 20)
    guard let root = parseJSON(SourceText(path: "message", bytes: bytes), limits: limits, diagnostics: &ignored),
      let method = root["method"]?.text
    else { return nil }
    self.method = method
    parameters = root["params"]
    switch root["id"]?.content {
    case .text(let text): id = .text(text)
    case .number(let number): id = Int(number).map(JSONValue.number) ?? .text(number)
    default: id = nil
    }
  }
}

extension JSONValue {
  /// The answer to a request.
  package static func answer(_ id: JSONValue, _ result: JSONValue) -> JSONValue {
    .object([("jsonrpc", .text("2.0")), ("id", id), ("result", result)])
  }

  /// The answer to a request that cannot be fulfilled.
  /// - Parameter code: -32601 for a method that nobody knows, -32602 for wrong parameters, -32803 for what failed.
  package static func failure(_ id: JSONValue, code: Int, _ message: String) -> JSONValue {
    .object([("jsonrpc", .text("2.0")), ("id", id), ("error", .object([("code", .number(code)), ("message", .text(message))]))])
  }

  /// What nobody answers.
  package static func notification(_ method: String, _ parameters: JSONValue) -> JSONValue {
    .object([("jsonrpc", .text("2.0")), ("method", .text(method)), ("params", parameters)])
  }
}
