/// Single letters that tell names from other words.
struct NameLetters: Sendable {
    /// Marks that stand for letters left out.
    let masks: Set<Unicode.Scalar>
    /// Hiragana that end a verb after one kanji.
    let okurigana: Set<Unicode.Scalar>
    /// Kanji that are things of nature as well.
    let natural: Set<Unicode.Scalar>
    /// Small katakana within a name of kanji.
    let inner: Set<Unicode.Scalar>
    let particles: Set<Unicode.Scalar>
    /// A word in hiragana begins after the last of these.
    let cutAfter: Set<Unicode.Scalar>
    /// What a name in hiragana does not end in.
    let notLast: Set<Unicode.Scalar>
    /// What may stand before a generic word in hiragana.
    let beforeWord: Set<Unicode.Scalar>
    /// What a clause begins after.
    let clauseOpen: Set<Unicode.Scalar>
    /// Ends of given names that are no words.
    let givenEndStrong: Set<Unicode.Scalar>
    /// Ends of given names after a surname that is in no list.
    let givenEndClear: Set<Unicode.Scalar>
    /// Ends of given names that stand alone.
    let givenEndAlone: Set<Unicode.Scalar>
    /// What a given name in hiragana that is in no list does not begin with.
    let notKanaStart: Set<Unicode.Scalar>
    /// What it does not end in.
    let notKanaEnd: Set<Unicode.Scalar>
    /// Decoration at the end of a name.
    let stars: Set<Unicode.Scalar>
    /// What a decorated name begins after.
    let stop: Set<Unicode.Scalar>
    /// Katakana of words from abroad.
    let foreign: Set<Unicode.Scalar>

    init(_ names: StatementRules.Names) {
        masks = Set(names.maskMarks.unicodeScalars)
        okurigana = Set(names.okurigana.unicodeScalars)
        natural = Set(names.natural.unicodeScalars)
        inner = Set(names.inner.unicodeScalars)
        particles = Set(names.particles.unicodeScalars)
        cutAfter = Set(names.cutAfter.unicodeScalars)
        notLast = Set(names.notLast.unicodeScalars)
        beforeWord = Set(names.beforeWord.unicodeScalars)
        clauseOpen = Set(names.clauseOpen.unicodeScalars)
        givenEndStrong = Set(names.givenEndStrong.unicodeScalars)
        givenEndClear = Set(names.givenEndClear.unicodeScalars)
        givenEndAlone = Set(names.givenEndAlone.unicodeScalars)
        notKanaStart = Set(names.notKanaStart.unicodeScalars)
        notKanaEnd = Set(names.notKanaEnd.unicodeScalars)
        stars = Set(names.stars.unicodeScalars)
        stop = Set(names.stop.unicodeScalars)
        foreign = Set(names.foreign.unicodeScalars)
    }
}
