/// Names without an honorific.
struct BareNames: Sendable {
    /// Letters that are looked at after a word in Latin letters.
    private static let longestNext = 24

    private let lists: NameLists
    private let patterns: NamePatterns
    private let kanji: KanjiNames
    private let kana: KanaNames

    init(_ lists: NameLists, _ patterns: NamePatterns) {
        self.lists = lists
        self.patterns = patterns
        kanji = KanjiNames(lists: lists, patterns: patterns)
        kana = KanaNames(lists: lists, patterns: patterns)
    }

    /// The names in a sentence, but those in words that are allowed.
    func names(in sentence: StatementSentence, allowed: [Range<Int>]) -> [FoundName] {
        let letters = sentence.letters
        var names: [FoundName] = []
        var place = 0
        while place < letters.count {
            let letter = letters[place]
            let rest = letters[place...]
            if letter.isKanji {
                let run = place..<kanjiEnd(letters, place)
                if let name = kanji.name(in: sentence, run: run), !allowed.contains(where: name.range.overlaps) {
                    names.append(name)
                }
                place = run.upperBound
            } else if letter.isKatakana || letter.isHiragana {
                let run = rest.prefix { letter.isKatakana ? $0.isKatakana : $0.isHiragana }
                let name = kana.name(in: sentence, run: place..<run.endIndex, isKatakana: letter.isKatakana)
                if let name { names.append(name) }
                place = run.endIndex
            } else if letter.isLatinLetter {
                let word = rest.prefix(while: isRomaji)
                let name = latinName(sentence, word)
                if let name { names.append(FoundName(range: name, rule: "romaji")) }
                place = max(word.endIndex, name?.upperBound ?? 0)
            } else {
                place += 1
            }
        }
        return names
    }

    private func kanjiEnd(_ letters: [Unicode.Scalar], _ start: Int) -> Int {
        var end = start + 1
        while end < letters.count {
            let isBetween = lists.letters.inner.contains(letters[end]) && end + 1 < letters.count && letters[end + 1].isKanji
            guard letters[end].isKanji || isBetween else { break }
            end += 1
        }
        return end
    }

    // MARK: - Latin letters

    private func isRomaji(_ letter: Unicode.Scalar) -> Bool { letter.isLatinLetter || letter == "ō" || letter == "ū" }

    /// A full name in Latin letters, or a name of which something is said.
    private func latinName(_ sentence: StatementSentence, _ word: Letters) -> Range<Int>? {
        let letters = sentence.letters
        let isPart = word.startIndex > 0 && letters[word.startIndex - 1].isOne(of: "@_/.-")
        guard word.count > 1, !isPart else { return nil }
        let window = word.endIndex..<min(letters.count, word.endIndex + Self.longestNext)
        if let next = patterns.romajiNext.beginning(sentence, window) {
            return isFullName(word, letters[next.group]) ? word.startIndex..<next.all.upperBound : nil
        }
        guard word.count > 3, word.first?.isLatinCapital == true, !lists.platforms.contains(word),
            lists.romajiReading(word)?.isName == true, patterns.isActor(sentence, before: word.endIndex)
        else { return nil }
        return word.startIndex..<word.endIndex
    }

    private func isFullName(_ word: Letters, _ next: Letters) -> Bool {
        guard next.count > 1, !lists.platforms.contains(word), !lists.platforms.contains(next),
            let first = lists.romajiReading(word), let last = lists.romajiReading(next), first.isName || last.isName
        else { return false }
        let areCapital = word.first?.isLatinCapital == true && next.first?.isLatinCapital == true
        return areCapital || (first.isName && last.isName && word.count > 2 && next.count > 2)
    }
}
