/// Quotations that are a name: 「城ヶ崎」, 「タカハシですけど」.
struct QuotedNames: Sendable {
    /// Letters from an opening mark to the closing one.
    private static let longest = 14

    private let lists: NameLists
    private let split: StatementSplit
    /// What people say after their own name, the longest first.
    private let selfTails: [[Unicode.Scalar]]

    init(_ rules: StatementRules.Names, _ lists: NameLists, _ split: StatementSplit) {
        self.lists = lists
        self.split = split
        selfTails = rules.selfTails.blankSeparated.sorted { $0.count > $1.count }
    }

    /// The names in a sentence.
    func names(in sentence: StatementSentence) -> [FoundName] {
        split.shortQuotations(sentence.letters, longest: Self.longest).compactMap { quotation in
            var word = sentence.letters[quotation].dropFirst().dropLast()
            let tail = selfTails.first { word.count > $0.count + 1 && word.suffix($0.count).elementsEqual($0) } ?? []
            word = word.dropLast(tail.count)
            return isName(word, isOwn: !tail.isEmpty)
                ? FoundName(range: word.startIndex..<word.endIndex, rule: "quoted-name") : nil
        }
    }

    /// Whether a quoted word is a name; `isOwn`: somebody gives it as their own.
    private func isName(_ word: Letters, isOwn: Bool) -> Bool {
        guard let first = word.first else { return false }
        if lists.generic.contains(word) || lists.genericKatakana.contains(word) || lists.allowed.contains(word) { return false }
        if word.isOnly({ $0.isKanji || lists.letters.inner.contains($0) }) {
            if word.count > 2, lists.fullName(word) == word.count { return true }
            guard lists.surname.contains(word) else { return false }
            return isOwn || !(lists.surnameCommon.contains(word) || lists.surnameOne.contains(word) || lists.isNatural(word))
        }
        guard word.count > 2, word.isOnly({ $0.isHiragana || $0.isKatakana }), let reading = lists.kanaReading(word) else {
            return false
        }
        return (first.isKatakana || isOwn || reading != .given) && !lists.givenKanaCommon.contains(word)
    }
}
