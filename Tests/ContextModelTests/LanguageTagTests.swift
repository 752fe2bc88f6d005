import ContextModel
import Testing

@Suite struct LanguageTagTests {
  @Test(arguments: [
    ("es", "es"), ("ES", "es"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("ZH-HANT", "zh-Hant"), ("es-419", "es-419"),
    ("ast", "ast"), ("sl-rozaj", "sl-rozaj"), ("de-1996", "de-1996"), ("de-Latn-1996", "de-Latn-1996"),
  ])
  func canonicalCase(_ text: String, _ expected: String) {
    #expect(LanguageTag(text)?.text == expected)
  }

  @Test(arguments: [
    "", "e", "engl", "en_US", "en-", "-en", "en--US", "en-U", "en-US-", "123", "é", "en-ÜS", "e1", "\u{212A}o", "en-Latn-Latn",
  ])
  func refuses(_ text: String) {
    #expect(LanguageTag(text) == nil)
  }

  @Test func looksFromTheMostSpecific() {
    #expect(LanguageTag("zh-Hant-TW")?.fallbacks.map(\.text) == ["zh-Hant-TW", "zh-Hant", "zh"])
    #expect(LanguageTag("es")?.fallbacks.map(\.text) == ["es"])
  }

  @Test func caseDoesNotCount() {
    #expect(LanguageTag("PT-br") == LanguageTag("pt-BR"))
  }
}
