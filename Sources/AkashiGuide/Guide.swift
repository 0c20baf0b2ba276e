public import AkashiKnowledge
import Foundation

/// The guide library in one language.
public struct Guide: Sendable {
    /// The parts, in order.
    public let parts: [GuidePart]
    private let sectionsByID: [String: GuideSection]
    private let partOfSection: [String: GuidePart]
    private let sourcesByID: [String: GuideSource]
    private let index: GuideIndex

    /// Reads `Knowledge/guide`, or another folder of the same form.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged`` with file and line.
    public init(_ knowledge: Knowledge, _ language: Language, folder: String = "guide") throws(KnowledgeError) {
        var parts: [GuidePart] = []
        let ending = ".\(language.rawValue).md"
        for path in try knowledge.list(folder, ending: ending) {
            var reader = GuideReader(try knowledge.text(path), file: path)
            parts.append(try reader.part(id: String((path.split(separator: "/").last ?? "").dropLast(ending.count))))
        }
        self.parts = parts.sorted { $0.number < $1.number }
        let sections = self.parts.flatMap(\.sections)
        sectionsByID = Dictionary(sections.map { ($0.id, $0) }) { one, _ in one }
        partOfSection = Dictionary(self.parts.flatMap { part in part.sections.map { ($0.id, part) } }) { one, _ in one }
        let hasSources = try !knowledge.list(folder, ending: "sources.yaml").isEmpty
        let sources: [GuideSource] = hasSources ? try knowledge.yaml("\(folder)/sources.yaml") : []
        sourcesByID = Dictionary(sources.map { ($0.id, $0) }) { one, _ in one }
        index = GuideIndex(sections)
    }

    /// A part by its name.
    public func part(_ id: String) -> GuidePart? { parts.first { $0.id == id } }

    /// A section by its name.
    public func section(_ id: String) -> GuideSection? { sectionsByID[id] }

    /// The part that a section stands in.
    public func part(of section: GuideSection) -> GuidePart? { partOfSection[section.id] }

    /// What a section rests on.
    public func sources(of section: GuideSection) -> [GuideSource] { section.sources.compactMap { sourcesByID[$0] } }

    /// The sections that answer a question best, the best first; none where nothing fits.
    public func find(_ question: String, limit: Int = 10) -> [GuideSection] {
        index.find(question).prefix(limit).compactMap { sectionsByID[$0.id] }
    }

    /// The section that answers a question best, with how much of the question's weight stands in it.
    public func best(_ question: String) -> (section: GuideSection, coverage: Double)? {
        guard let match = index.find(question).first, let section = sectionsByID[match.id] else { return nil }
        return (section, match.coverage)
    }

    /// The sentence of a section that meets a question most; the first where none does.
    public func sentence(of section: GuideSection, for question: String, upTo letters: Int) -> String? {
        var best: (sentence: String, weight: Double)?
        for line in section.blocks.flatMap(\.lines) where !line.contains(where: \.isContact) {
            for sentence in Self.sentences(line.map(\.words).joined()) where (8...letters).contains(sentence.count) {
                let weight = index.weight(of: sentence, for: question)
                if best.map({ weight > $0.weight }) ?? true { best = (sentence, weight) }
            }
        }
        return best?.sentence
    }

    private static func sentences(_ text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            current.append(character)
            if "「（(".contains(character) { depth += 1 }
            if "」）)".contains(character) { depth = max(0, depth - 1) }
            if depth == 0, "。！？".contains(character) || (character == "." && text.unicodeScalars.allSatisfy(\.isASCII)) {
                sentences.append(current.trimmingCharacters(in: .whitespaces))
                current = ""
            }
        }
        let rest = current.trimmingCharacters(in: .whitespaces)
        return rest.isEmpty ? sentences : sentences + [rest]
    }
}
