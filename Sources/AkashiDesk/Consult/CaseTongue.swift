import AkashiActions
import AkashiKnowledge
import AkashiModel

/// Names and days of a case in one language.
struct CaseTongue: Sendable {
    let language: Language
    let strings: Strings
    let library: LawLibrary

    /// Letters of her own notes in a line.
    private static let mostLetters = 120

    func day(_ day: CivilDate) -> String { language == .ja ? day.japaneseText : day.description }
    func day(_ text: String?) -> String { text.flatMap(CivilDate.init).map(day) ?? text ?? "" }
    func day(_ instant: Instant) -> String { day(CivilDate(japan: instant)) }
    func desk(_ key: String) -> String { strings.table("desk")(key) }
    func kind(_ key: String) -> String { strings.table("kinds")(key) }

    /// A platform's name; her own word for one that is not known.
    func platform(_ id: String) -> String { library.reporting.first { $0.id == id }?.name[language] ?? id }

    /// What she wrote, short enough for a line.
    func short(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count <= Self.mostLetters ? line : line.prefix(Self.mostLetters) + "…"
    }
}
