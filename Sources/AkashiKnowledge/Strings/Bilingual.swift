/// Words in both languages of the screen, as data holds them.
public struct Bilingual: Sendable, Hashable, Codable {
    /// Japanese.
    public let ja: String
    /// English.
    public let en: String

    /// Takes both.
    public init(ja: String, en: String) {
        self.ja = ja
        self.en = en
    }

    /// The words in one language.
    public subscript(language: Language) -> String { language == .ja ? ja : en }
}
