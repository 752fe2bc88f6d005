import ContextLoading
import ContextModel
import Diagnostics
import TestSupport
import YAML

/// A valid document, and the schema that it is for.
struct Seed {
  /// Such as `aiwg.yaml`.
  var schema: String
  var name: String
  var value: FieldValue

  static func all() throws -> [Seed] {
    try Txtar(try checkoutText("Tests/SchemaTests/seeds.txtar")).entries.map { entry in
      let parts = entry.path.split(separator: "/").map(String.init)
      return Seed(schema: parts[0], name: entry.path, value: try yamlValue(SourceText(path: entry.path, bytes: entry.bytes)))
    }
  }
}

/// A YAML document as a value.
func yamlValue(_ source: SourceText) throws -> FieldValue {
  var diagnostics: [Diagnostic] = []
  let root = parseYAML(source, limits: .configuration, diagnostics: &diagnostics)
  guard diagnostics.isEmpty else { throw SetupError(rendered(diagnostics)) }
  return root.map { FieldValue($0) } ?? .null
}

/// A document that differs from a valid one in one place.
struct Mutant {
  /// What was done, with the way to where, for the list of exceptions.
  var title: String
  /// The way to the key or item that was changed.
  var place: String
  var value: FieldValue
}

extension FieldValue {
  /// Documents that differ from this one at one place: other values, other words, keys misspelt, left out and added.
  /// - Parameter choices: by way into the value: the words that may stand there.
  func mutants(_ choices: [String: [FieldValue]]) -> [Mutant] { mutants(at: "", choices) }

  private static let others: [(String, FieldValue)] = [
    ("a text", .text("zz")), ("no text", .text("")), ("a number", .number("7")), ("a negative number", .number("-1")), ("true", .bool(true)),
    ("nothing", .null), ("an empty list", .list([])), ("a list", .list([.text("zz")])), ("a list of nothing", .list([.null])),
    ("a list of lists", .list([.list([])])), ("an empty map", .map([])), ("a map", .map([Entry("zz", .text("zz"))])),
  ]

  private func mutants(at place: String, _ choices: [String: [FieldValue]]) -> [Mutant] {
    var out = Self.others.filter { $0.1 != self }.map { Mutant(title: "\(place) is \($0.0)", place: place, value: $0.1) }
    // Of the names of all platforms, a few.
    out += Set(choices[place] ?? []).filter { $0 != self }.sorted { $0.json < $1.json }.prefix(30).map {
      Mutant(title: "\(place) is the word \($0.json)", place: place, value: $0)
    }
    switch self {
    case .text(let text): out.append(Mutant(title: "\(place) is misspelt", place: place, value: .text(text + "zz")))
    case .list(let items):
      for (index, item) in items.enumerated() {
        out += item.mutants(at: place + "/\(index)", choices).map { $0.inside { .list(items.replacing(index, $0)) } }
      }
    case .map(let entries):
      out.append(Mutant(title: "\(place)/zz is added", place: place, value: .map(entries + [Entry("zz", .text("zz"))])))
      for (index, entry) in entries.enumerated() {
        let here = place + "/" + entry.key
        let without = entries.enumerated().filter { $0.offset != index }.map(\.element)
        out.append(Mutant(title: "\(here) is left out", place: here, value: .map(without)))
        out.append(
          Mutant(title: "\(here) has its key misspelt", place: here, value: .map(entries.replacing(index, Entry(entry.key + "zz", entry.value)))))
        out += entry.value.mutants(at: here, choices).map { $0.inside { .map(entries.replacing(index, Entry(entry.key, $0))) } }
      }
    case .bool, .number, .null: break
    }
    return out
  }
}

extension Mutant {
  fileprivate func inside(_ outer: (FieldValue) -> FieldValue) -> Mutant { Mutant(title: title, place: place, value: outer(value)) }
}

extension Array {
  fileprivate func replacing(_ index: Int, _ element: Element) -> [Element] {
    var out = self
    out[index] = element
    return out
  }
}
