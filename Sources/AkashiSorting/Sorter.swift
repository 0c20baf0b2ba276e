public import AkashiModel
import AkashiText
import Foundation

/// What may be in some words, with the reasons. A proposal for the person who decides, never a finding.
public struct SortingProposal: Sendable, Equatable {
    /// A reason that a person can read.
    public struct Reason: Sendable, Equatable {
        /// The rule, or the circumstance.
        public let rule: String
        /// The words it rests on, as they stand; nil for a circumstance.
        public let words: String?
        /// The reason in Japanese.
        public let ja: String
        /// The reason in English.
        public let en: String
    }

    /// A harm that may be there.
    public struct PossibleHarm: Sendable, Equatable {
        /// Which.
        public let harm: Harm
        /// Why.
        public let reasons: [Reason]
    }

    /// Harms that may be there, none of them certain.
    public var harms: [PossibleHarm] = []
    /// Whether it looks like criticism that everybody may utter.
    public var isLawfulCriticism = false
    /// Why it looks like that.
    public var criticismReasons: [Reason] = []
}

/// Sorts words into harms by rules that are data. Pure: the same words give the same proposal.
public struct Sorter: Sendable {
    /// From this weight on a harm is proposed.
    private static let threshold = 2
    /// Longest words that are looked at, in letters.
    private static let maximumLetters = 20_000

    private struct Ready: Sendable {
        let rule: SortingRule
        let any: PatternSet
        let all: [PatternSet]
        let unless: PatternSet
    }

    /// From this likeness on the model proposes a harm, or criticism, where the rules are silent.
    private static let likeness = 0.45
    /// Ordinary words of customers are near to criticism: of it the model must be surer.
    private static let criticismLikeness = 0.6
    /// Longest words that the model speaks of, in letters: it learnt from short texts.
    private static let maximumModelLetters = 400
    private static let minimumModelLetters = 8

    private let rules: [Ready]
    private let model: SortingModel?

    /// Makes the rules ready.
    ///
    /// - Throws: if a pattern is not a regular expression.
    public init(_ rules: [SortingRule], model: SortingModel? = nil) throws {
        self.model = model
        self.rules = try rules.map {
            Ready(
                rule: $0, any: try PatternSet($0.any), all: try $0.all.map { try PatternSet($0) },
                unless: try PatternSet($0.unless))
        }
    }

    /// What may be in some words.
    public func propose(_ text: String, _ context: SortingContext = SortingContext()) -> SortingProposal {
        let raw = String(text.prefix(Self.maximumLetters))
        let folded = FoldedText(raw)
        let words = folded.text
        let squeezed = Squeezed(folded)
        var weights: [SortingRule.Subject: Int] = [:]
        var strongest: [SortingRule.Subject: Int] = [:]
        var reasons: [SortingRule.Subject: [SortingProposal.Reason]] = [:]
        var shields: [Harm: Int] = [:]
        func add(_ subject: SortingRule.Subject, _ weight: Int, _ reason: SortingProposal.Reason) {
            weights[subject, default: 0] += weight
            strongest[subject] = max(strongest[subject] ?? 0, weight)
            reasons[subject, default: []].append(reason)
        }
        for ready in rules {
            guard
                let found = ready.any.firstMatch(in: words).map({ folded.raw($0, in: words) })
                    ?? squeezed.match(ready.any, folded),
                ready.all.allSatisfy({ $0.firstMatch(in: words) != nil }), ready.unless.firstMatch(in: words) == nil
            else { continue }
            let rule = ready.rule
            if rule.weight > 0 {
                add(rule.subject, rule.weight, .init(rule: rule.id, words: raw.cut(found), ja: rule.ja, en: rule.en))
            } else {
                weights[rule.subject, default: 0] += rule.weight
            }
            for harm in rule.shields { shields[harm] = max(shields[harm] ?? 0, rule.by) }
        }
        for (subject, weight, reason) in Self.circumstances(raw, folded, context) { add(subject, weight, reason) }
        var proposal = Self.decide(weights, strongest, reasons, shields, context)
        if proposal.harms.isEmpty, shields.isEmpty { ask(folded, raw, weights[.criticism] ?? 0, &proposal) }
        return proposal
    }

    /// Where no rule speaks of a harm: whether the words are like texts that do.
    private func ask(_ folded: FoldedText, _ raw: String, _ criticism: Int, _ proposal: inout SortingProposal) {
        guard let model, (Self.minimumModelLetters...Self.maximumModelLetters).contains(folded.scalars.count) else { return }
        let scores = model.scores(folded)
        let likely = Harm.allCases.map { ($0, scores.harms[$0] ?? 0) }.max { $0.1 < $1.1 }
        if let (harm, score) = likely, score >= Self.likeness, score > scores.criticism, criticism < 3 {
            let words = model.reasons(folded, for: harm.rawValue).map { raw.cut(folded.rawRange($0)) }
            let reason = SortingProposal.Reason(
                rule: "model", words: words.isEmpty ? nil : words.joined(separator: "」「"), ja: "似た書き方が、こうした例に多い（規則にはあてはまらない）",
                en: "written like such examples, though no rule fits")
            proposal.harms = [.init(harm: harm, reasons: [reason])]
            proposal.isLawfulCriticism = false
            proposal.criticismReasons = []
        } else if !proposal.isLawfulCriticism, scores.criticism >= Self.criticismLikeness, scores.criticism > likely?.1 ?? 0 {
            proposal.isLawfulCriticism = true
            proposal.criticismReasons = [
                .init(rule: "model", words: nil, ja: "批判の例に似た書き方", en: "written like examples of criticism")
            ]
        }
    }

    private static func decide(
        _ weights: [SortingRule.Subject: Int], _ strongest: [SortingRule.Subject: Int],
        _ reasons: [SortingRule.Subject: [SortingProposal.Reason]], _ shields: [Harm: Int], _ context: SortingContext
    ) -> SortingProposal {
        var proposal = SortingProposal()
        let criticism = weights[.criticism] ?? 0
        for harm in Harm.allCases {
            let subject = SortingRule.Subject.harm(harm)
            let weight = (weights[subject] ?? 0) - (shields[harm] ?? 0)
            // Harsh words of a customer about goods: a single hint at a harm is not enough beside them.
            let bar = criticism >= 3 && (strongest[subject] ?? 0) < 3 ? threshold + 1 : threshold
            if weight >= bar { proposal.harms.append(.init(harm: harm, reasons: reasons[subject] ?? [])) }
        }
        let isLowReview = context.kind == "review" && (context.stars ?? 5) <= 3
        if proposal.harms.isEmpty, criticism >= 2 || isLowReview {
            proposal.isLawfulCriticism = true
            proposal.criticismReasons = reasons[.criticism] ?? []
            if isLowReview, proposal.criticismReasons.isEmpty {
                proposal.criticismReasons = [
                    .init(rule: "context.stars", words: nil, ja: "星の少ないレビュー", en: "a review with few stars")
                ]
            }
        }
        return proposal
    }

    /// What speaks for a harm without any particular words.
    private static func circumstances(
        _ raw: String, _ folded: FoldedText, _ context: SortingContext
    ) -> [(SortingRule.Subject, Int, SortingProposal.Reason)] {
        var found: [(SortingRule.Subject, Int, SortingProposal.Reason)] = []
        let isContact = context.kind != "review" && context.kind != "post"
        if context.isAfterBlock {
            // What somebody posts for all to see is not contact by itself; it is only a hint.
            let reason =
                isContact
                ? SortingProposal.Reason(
                    rule: "context.after-block", words: nil, ja: "ブロックや拒否の後の連絡", en: "contact after a block or a refusal")
                : SortingProposal.Reason(
                    rule: "context.post-after-block", words: nil, ja: "ブロックや拒否の後の投稿", en: "a post after a block or a refusal")
            found.append((.harm(.stalking), isContact ? 3 : 1, reason))
        }
        if context.isOtherAccount, isContact {
            found.append(
                (
                    .harm(.stalking), 2,
                    .init(rule: "context.other-account", words: nil, ja: "別のアカウントからの連絡", en: "contact from another account")
                ))
        }
        if context.contactsThisWeek >= 10, isContact {
            let weight = context.contactsThisWeek >= 20 ? 3 : 2
            let count = context.contactsThisWeek
            found.append(
                (
                    .harm(.stalking), weight,
                    .init(rule: "context.count", words: nil, ja: "1週間に\(count)回の連絡", en: "\(count) contacts within a week")
                ))
        }
        for fact in context.privateFacts {
            for needle in PrivateWords.needles(fact) {
                guard let range = folded.firstRange(of: FoldedText(needle).scalars) else { continue }
                found.append(
                    (
                        .harm(.dataLeak), 3,
                        .init(
                            rule: "context.private", words: raw.cut(folded.rawRange(range)), ja: "知るはずのない言葉",
                            en: "words that few can know")
                    ))
                break
            }
        }
        return found
    }
}

/// The forms in which private words turn up.
enum PrivateWords {
    private static let honorifics = ["さん", "様", "ちゃん", "君", "先生", "氏", "くん"]

    /// The words themselves, and the beginnings and parts of a name with a form of address behind them.
    static func needles(_ fact: String) -> [String] {
        let fact = fact.filter { !$0.isNewline }
        guard fact.count >= 2 else { return [] }
        var needles = [fact]
        let parts = fact.split { " 　の・,、".contains($0) }.map(String.init).filter { $0.count >= 2 }
        if parts.count > 1 { needles += parts.filter { $0.count >= 3 } }
        let names = Set(parts + [String(fact.prefix(2)), String(fact.prefix(3))])
        for name in names where name.count >= 2 && name.unicodeScalars.contains(where: { $0.value >= 0x4E00 }) {
            needles += honorifics.map { name + $0 }
        }
        return needles
    }
}

/// Folded words without the blanks and marks that are put between letters to hide them: し・ね.
private struct Squeezed {
    private let text: String
    private let places: [Int]
    private let isDifferent: Bool

    init(_ folded: FoldedText) {
        var scalars = String.UnicodeScalarView()
        var places: [Int] = []
        for (index, scalar) in folded.scalars.enumerated() where !Self.isFiller(scalar) {
            scalars.append(scalar)
            places.append(index)
        }
        // Blanks in ordinary sentences part words; only where nearly every letter is parted is it a disguise.
        isDifferent = folded.scalars.count - places.count >= max(1, places.count / 2) && places.count < 40
        text = String(scalars)
        self.places = places
    }

    private static func isFiller(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "・" || scalar == "." || scalar == "*" || scalar == "_" || scalar == "-" || scalar == "/"
    }

    func match(_ patterns: PatternSet, _ folded: FoldedText) -> Range<Int>? {
        guard isDifferent, let range = patterns.firstMatch(in: text) else { return nil }
        let start = text.scalarOffset(ofUTF16: range.location)
        let end = text.scalarOffset(ofUTF16: range.location + range.length)
        guard start < end, end <= places.count else { return nil }
        return folded.rawRange(places[start]..<places[end - 1] + 1)
    }
}

extension FoldedText {
    /// The UTF-8 range in the raw text of a range of the folded one.
    fileprivate func raw(_ range: NSRange, in text: String) -> Range<Int> {
        let start = text.scalarOffset(ofUTF16: range.location)
        let end = text.scalarOffset(ofUTF16: range.location + range.length)
        guard start < end, end <= scalars.count else { return 0..<0 }
        return rawRange(start..<end)
    }
}

extension String {
    fileprivate func scalarOffset(ofUTF16 offset: Int) -> Int {
        let index = utf16.index(utf16.startIndex, offsetBy: min(offset, utf16.count))
        return unicodeScalars.distance(from: unicodeScalars.startIndex, to: index)
    }

    /// Some bytes of the words, as text.
    fileprivate func cut(_ range: Range<Int>) -> String {
        String(decoding: Array(utf8)[range], as: UTF8.self)
    }
}
