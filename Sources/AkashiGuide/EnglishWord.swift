/// English words as search sees them: without endings, and with the commonest ones told apart.
enum EnglishWord {
    /// A word without its commonest endings: "blocked", "blocking" and "blocks" meet in "block". Rough on purpose: what counts is that two
    /// forms of one word meet, not that the stem is a word.
    static func stem(_ word: String) -> String {
        guard word.count > 3 else { return word }
        var stem = word[...]
        if stem.hasSuffix("ies") {
            stem = stem.dropLast(3) + "y"
        } else if stem.hasSuffix("s"), !stem.hasSuffix("ss"), !stem.hasSuffix("us") {
            stem = stem.dropLast()
        }
        for ending in ["ing", "ed", "ly", "er"] where stem.hasSuffix(ending) && stem.count - ending.count >= 3 {
            stem = stem.dropLast(ending.count)
            if let last = stem.last, stem.dropLast().last == last, stem.count > 3, last != "l", last != "s" {
                stem = stem.dropLast()
            }
            break
        }
        if stem.hasSuffix("e"), stem.count > 3 { stem = stem.dropLast() }
        return String(stem.prefix(8))
    }

    /// Whether a stem says how a sentence is built rather than what it is about.
    static func isGrammar(_ stem: String) -> Bool { grammar.contains(stem) }

    private static let grammar = Set(
        """
        a about after all am an and any anyone are as ask at be because been before being but by can cant could did do does doesn dont for from get \
        go going got had has have he her him his how i if im in into is isn it its just keep know let like make man me more my need no not \
        now of off on one or other our out over people person put say saying see she should so some someone something still tell that the \
        their them then there they thing this to too up use very want was way we were what when where which who whom why will with \
        without would you your
        """.split(separator: " ").map { stem(String($0)) })
}
