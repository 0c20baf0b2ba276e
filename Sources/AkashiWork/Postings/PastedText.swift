import AkashiText
import Foundation

/// Title and employer of words that were copied from a screen, where no label names them.
struct PastedText {
    private let lines: [String]
    private let occupations: Occupations
    private let words: Words

    /// Words of such pages: `Knowledge/work/words.yaml`.
    struct Words: Decodable, Sendable {
        /// Lines with one of these are part of the site, not of the posting.
        let siteWords: [String]
        /// Words of lines that call for people.
        let callWords: [String]
        /// Forms of corporations.
        let corporations: [String]
        /// What names of shops and houses end with, or hold.
        let houses: [String]
    }

    private static let mostLines = 16
    private static let mostLetters = 60

    init(_ text: String, _ occupations: Occupations, _ words: Words) {
        let all: [String] = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        lines = Array(all.prefix(Self.mostLines))
        self.occupations = occupations
        self.words = words
    }

    private var candidates: [(place: Int, line: String)] {
        lines.enumerated().filter { _, line in
            line.count <= Self.mostLetters && !line.contains { "：:＞>»→☆★".contains($0) } && !line.hasPrefix("@")
                && !words.siteWords.contains { line.contains($0) } && line.contains { $0.isLetter }
                && line.firstMatch(of: /[0-9０-９][,，0-9０-９]*円/) == nil
        }.map { (place: $0.offset, line: $0.element) }
    }

    /// The line that names the work.
    var title: (place: Int, text: String)? {
        let some = candidates
        let found =
            some.first { !isHouse($0.line) && occupations.group(ofTitle: $0.line) != nil && !Self.isSentence($0.line) }
            ?? some.first { line in !isHouse(line.line) && words.callWords.contains { line.line.contains($0) } }
            ?? some.first { occupations.group(ofTitle: $0.line) != nil } ?? some.first { !isHouse($0.line) }
            ?? lines.enumerated().map { (place: $0.offset, line: $0.element) }.first { line in
                line.line.count <= Self.mostLetters && line.line.contains { $0.isLetter }
                    && !words.siteWords.contains { line.line.contains($0) }
            }
        return found.map { ($0.place, Self.bare($0.line)) }
    }

    private static func isSentence(_ line: String) -> Bool {
        line.hasSuffix("。") || line.hasSuffix("です") || line.hasSuffix("ます")
    }

    /// Without pictures and signs around it; brackets stay.
    private static func bare(_ line: String) -> String {
        func isSign(_ letter: Character) -> Bool {
            !letter.isLetter && !letter.isNumber && !"【】（）()「」『』[]〈〉!?！？ー〜。".contains(letter)
        }
        var text = line[...]
        while let first = text.first, isSign(first) { text = text.dropFirst() }
        while let last = text.last, isSign(last) { text = text.dropLast() }
        if text.hasPrefix("【"), text.hasSuffix("】"), text.count(where: { $0 == "【" }) == 1 { text = text.dropFirst().dropLast() }
        return String(text)
    }

    private func isHouse(_ line: String) -> Bool {
        line.count <= 34 && words.corporations.contains { line.contains($0) }
    }

    /// The corporation that a sentence names; a line that is no sentence is the name.
    private static func house(in line: String) -> String {
        let line =
            line.split(whereSeparator: { "|｜".contains($0) }).map { $0.trimmingCharacters(in: .whitespaces) }.first { part in
                ["株式会社", "有限会社", "合同会社"].contains { part.contains($0) }
            } ?? line
        guard isSentence(line) || line.contains("、") else { return bare(line) }
        let before = line.firstMatch(of: /(?:株式会社|有限会社|合同会社|一般社団法人|NPO法人)[^\s、。の「」（）です]{1,20}/)
        let behind = line.firstMatch(of: /[^\s、。「」の（）]{1,20}(?:株式会社|有限会社|合同会社)/)
        return (before?.0 ?? behind?.0).map(String.init) ?? bare(line)
    }

    /// The line that names who gives the work.
    ///
    /// - Parameter title: where the title stands.
    func employer(besides title: Int?) -> String? {
        for line in lines {
            if let match = line.firstMatch(of: /「([^「」]{2,24})」(?:です|では|と申し|を運営|の|で)/),
                line.contains("はじめまして") || line.contains("申し") || line.contains("「\(match.1)」です")
                    || line.contains("「\(match.1)」の編集") || line.contains("屋「") || line.contains("店「")
            {
                return String(match.1)
            }
        }
        if let line = candidates.first(where: { $0.place != title && isHouse($0.line) })?.line { return Self.house(in: line) }
        guard let title else { return nil }
        // Right below or above the title.
        for place in [title + 1, title - 1, title + 2, title - 2] where lines.indices.contains(place) {
            guard let line = candidates.first(where: { $0.place == place })?.line, line.count <= 30, !Self.isSentence(line) else {
                continue
            }
            if words.houses.contains(where: { line.contains($0) }),
                occupations.group(ofTitle: line) == nil || words.houses.contains(where: { line.hasSuffix($0) })
            {
                return Self.bare(line)
            }
        }
        return nil
    }
}
