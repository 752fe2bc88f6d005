package import ContextModel
package import Diagnostics
package import FileTree
internal import YAML

/// A settings file of a user's: what it says, and the same bytes with members and elements put in, taken out or changed.
///
/// Every byte that is not part of such an edit stays. What an edit made is read again before it is handed out, and says what it should.
package struct SettingsFile: Sendable {
  let source: SourceText
  package let syntax: SettingsSyntax
  let document: any SettingsDocument

  /// Reads a file; no bytes at all stand for one that is absent.
  /// - Parameter path: the name that a person knows it by.
  package init(_ bytes: [UInt8], syntax: SettingsSyntax, path: String) throws(SettingsRefusal) {
    source = SourceText(path: path, bytes: bytes)
    self.syntax = syntax
    var diagnostics: [Diagnostic] = []
    guard let document = Self.document(source, syntax, &diagnostics), !diagnostics.hasErrors else {
      throw SettingsRefusal(reason: .unreadable, diagnostics: diagnostics)
    }
    self.document = document
  }

  private static func document(_ source: SourceText, _ syntax: SettingsSyntax, _ diagnostics: inout [Diagnostic]) -> (any SettingsDocument)? {
    switch syntax {
    case .json, .jsonc: JSONDocument(source, hasComments: syntax == .jsonc, diagnostics: &diagnostics)
    case .toml: TOMLDocument(source, diagnostics: &diagnostics)
    case .yaml: YAMLDocument(source, diagnostics: &diagnostics)
    }
  }

  /// The name that a person knows it by.
  package var path: String { source.path }

  /// The file as it is.
  package var bytes: [UInt8] { source.bytes }

  /// The value that some keys lead to; nil when there is none.
  ///
  /// Dates of TOML are numbers here, so that no text is the same.
  package func value(at path: [String]) -> FieldValue? { document.value?.value(at: path) }

  /// Whether the file says this already.
  package func contains(_ piece: SettingsPiece) -> Bool {
    guard let value = value(at: piece.path) else { return false }
    guard piece.kind == .element else { return value.isSame(as: piece.value) }
    guard case .list(let items) = value else { return false }
    return items.contains { $0.isSame(as: piece.value) }
  }

  /// The place of the value at a path, or of the longest part of the path that is there.
  package func place(of path: [String]) -> SourcePlace {
    for count in (0...path.count).reversed() {
      if let range = document.range(at: Array(path.prefix(count))) { return source.place(range) }
    }
    return source.place(at: 0)
  }

  func refusal(_ reason: SettingsRefusal.Reason, _ message: String, at place: SourcePlace, help: String) -> SettingsRefusal {
    let diagnostic = Diagnostic(.error, "settings/\(reason.id)", message, at: place, help: help)
    return SettingsRefusal(reason: reason, diagnostics: [diagnostic])
  }

  func refusal(_ error: Unsafe, at path: [String]) -> SettingsRefusal {
    refusal(error.reason, error.message, at: error.range.map { source.place($0) } ?? place(of: path), help: error.help)
  }

  /// The file after some edits, which must say one of the values that are expected.
  func edited(_ edits: [ByteEdit], at path: [String], expecting expected: [FieldValue?]) throws(SettingsRefusal) -> SettingsFile {
    let ordered = edits.enumerated().sorted { ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset) }.map(\.element)
    let areApart = zip(ordered, ordered.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound }
    do throws(SettingsRefusal) {
      let file = try SettingsFile(areApart ? ordered.applied(to: source.bytes) : source.bytes, syntax: syntax, path: source.path)
      if expected.contains(where: file.says) { return file }
    } catch {
      // Why it cannot be read is about bytes that nobody will see.
    }
    let message = "\(path.shown) is written in a way that cannot be edited safely"
    throw refusal(.unsafe, message, at: place(of: path), help: "edit it by hand, or write it as plain keys and values")
  }

  private func says(_ expected: FieldValue?) -> Bool {
    guard let expected, let value = document.value else { return (expected ?? .null).isNothing && (document.value ?? .null).isNothing }
    return value.isSame(as: expected)
  }
}

extension FieldValue {
  /// Whether a file with it may as well say nothing.
  fileprivate var isNothing: Bool { self == .null || isEmptyContainer }
}

extension SettingsRefusal.Reason {
  /// What comes behind the area in the id of its diagnostic.
  var id: String {
    switch self {
    case .unreadable: "unreadable"
    case .noContainer: "no-container"
    case .otherValue: "other-value"
    case .absent: "absent"
    case .inexpressible: "inexpressible"
    case .unsafe: "unsafe"
    }
  }
}
