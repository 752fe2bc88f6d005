import Diagnostics
import Foundation
import JSON
import TestSupport
import Testing

/// The files of JSONTestSuite, which lies beside the checkout where there is one.
private let suite = sharedDirectory("testdata/JSONTestSuite/test_parsing")

@Suite(.enabled(if: suite != nil, "JSONTestSuite is not beside the checkout"))
struct SuiteTests {
  /// What the suite would have read and is refused here, and why: the last of two values would win, and nobody sees which one.
  private static let refused = ["y_object_duplicated_key.json": "duplicate-key", "y_object_duplicated_key_and_value.json": "duplicate-key"]

  /// What the RFC leaves open, as it is decided here; nil is read.
  private static let decided: [String: String?] = [
    // Numbers keep their spelling, whatever fits into them.
    "i_number_double_huge_neg_exp.json": nil, "i_number_huge_exp.json": nil, "i_number_neg_int_huge_exp.json": nil,
    "i_number_pos_double_huge_exp.json": nil, "i_number_real_neg_overflow.json": nil, "i_number_real_pos_overflow.json": nil,
    "i_number_real_underflow.json": nil, "i_number_too_big_neg_int.json": nil, "i_number_too_big_pos_int.json": nil,
    "i_number_very_big_negative_int.json": nil,
    // Half of a character is none.
    "i_object_key_lone_2nd_surrogate.json": "surrogate", "i_string_1st_surrogate_but_2nd_missing.json": "surrogate",
    "i_string_1st_valid_surrogate_2nd_invalid.json": "surrogate", "i_string_incomplete_surrogate_and_escape_valid.json": "surrogate",
    "i_string_incomplete_surrogate_pair.json": "surrogate", "i_string_incomplete_surrogates_escape_valid.json": "surrogate",
    "i_string_invalid_lonely_surrogate.json": "surrogate", "i_string_invalid_surrogate.json": "surrogate",
    "i_string_inverted_surrogates_U+1D11E.json": "surrogate", "i_string_lone_second_surrogate.json": "surrogate",
    // Only UTF-8 is read, with or without a mark.
    "i_string_UTF-16LE_with_BOM.json": "not-utf8", "i_string_UTF-8_invalid_sequence.json": "not-utf8",
    "i_string_UTF8_surrogate_U+D800.json": "not-utf8", "i_string_invalid_utf-8.json": "not-utf8", "i_string_iso_latin_1.json": "not-utf8",
    "i_string_lone_utf8_continuation_byte.json": "not-utf8", "i_string_not_in_unicode_range.json": "not-utf8",
    "i_string_overlong_sequence_2_bytes.json": "not-utf8", "i_string_overlong_sequence_6_bytes.json": "not-utf8",
    "i_string_overlong_sequence_6_bytes_null.json": "not-utf8", "i_string_truncated-utf-8.json": "not-utf8",
    "i_string_utf16BE_no_BOM.json": "not-utf8", "i_string_utf16LE_no_BOM.json": "not-utf8",
    "i_structure_UTF-8_BOM_empty_object.json": nil,
    "i_structure_500_nested_arrays.json": "too-deep",
  ]

  @Test func everyFileIsReadOrRefused() throws {
    let directory = try #require(suite)
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".json") }.sorted()
    var counts: [Character: Int] = [:]
    for name in names {
      let bytes = [UInt8](try #require(FileManager.default.contents(atPath: directory + "/" + name)))
      let reading = Reading(bytes: bytes)
      let first = name.first ?? "?"
      counts[first, default: 0] += 1
      #expect((reading.root == nil) == reading.findings.hasErrors, "\(name)")
      #expect(reading.findings.allSatisfy { $0.place?.line != nil && $0.place?.column != nil && $0.help != nil }, "\(name)")
      let id = reading.findings.first?.id.dropFirst("json/".count).description
      switch first {
      case "y": #expect(id == Self.refused[name], "\(name)")
      case "n": #expect(id != nil, "\(name)")
      default:
        let decided = try #require(Self.decided[name], "\(name) is not decided")
        #expect(id == decided, "\(name)")
      }
    }
    print("JSONTestSuite: \(names.count) files, \(counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)_" }.joined(separator: ", "))")
    #expect(counts == ["y": 95, "n": 188, "i": 35])
  }

  /// With comments, the same files are refused but for comments and commas.
  @Test func commentsAndCommasAreAllThatIsAdded() throws {
    let directory = try #require(suite)
    var read: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() where name.hasPrefix("n_") {
      let bytes = [UInt8](try #require(FileManager.default.contents(atPath: directory + "/" + name)))
      if Reading(bytes: bytes, .withComments).root != nil { read.append(name) }
    }
    #expect(
      read == [
        "n_array_extra_comma.json", "n_array_number_and_comma.json", "n_object_trailing_comma.json", "n_object_trailing_comment.json",
        "n_object_trailing_comment_slash_open.json", "n_structure_object_with_comment.json",
      ])
  }
}
