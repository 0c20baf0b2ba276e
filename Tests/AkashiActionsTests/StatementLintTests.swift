import AkashiActions
import AkashiKnowledge
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("statement lint")
struct StatementLintTests {
    /// Loaded once: the lists of names are long.
    private static let loaded = Result { try StatementLint(knowledge) }
    private static let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))

    /// What she may fill in; every blank of every text has a value here.
    private static let values = [
        "shop": "糸と羽", "since": "6月3日ごろ", "what": "当店を名乗る連絡", "safe": "これまでのご注文", "contact": "お店の「お問い合わせ」",
        "pay": "販売サイト", "next": "6月20日", "hours": "平日の10時から16時", "days": "3日", "returns": "到着から7日", "updated": "2026年11月23日",
        "date": "6月3日", "order": "ご注文の品", "until": "6月10日", "postage": "当店の負担", "request": "3日以内のお届け", "offer": "2週間後のお届け",
    ]

    private let lint: StatementLint

    init() throws { lint = try Self.loaded.get() }

    // MARK: - How much is found

    @Test(
        "of what is planted in texts nearly all is found, and good texts are left alone",
        arguments: ["statements", "statements-heldout"])
    func measured(_ file: String) throws {
        let folder = ProjectFolder.root.appending(path: "Tests/AkashiActionsTests/Texts")
        let table = try String(contentsOf: folder.appending(path: "\(file).tsv"), encoding: .utf8)
        var (planted, found, good, flagged) = (0, 0, 0, 0)
        var missed: [String] = []
        for line in table.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(cells.count == 5, "\(line)")
            let text = cells[4].replacing("\\n", with: "\n")
            let findings = lint.findings(in: text)
            if cells[1] == "good" {
                good += 1
                flagged += findings.isEmpty ? 0 : 1
                if let first = findings.first { missed.append("\(cells[0]): \(first.text) by \(first.rule)") }
                continue
            }
            for piece in cells[3].split(separator: "｜") {
                planted += 1
                let place = try #require(text.range(of: piece, options: .literal), "\(cells[0]) holds \(piece)")
                let start = text.distance(from: text.startIndex, to: place.lowerBound)
                let range = start..<(start + piece.count)
                if findings.contains(where: { $0.range.overlaps(range) }) {
                    found += 1
                } else {
                    missed.append("\(cells[0]): \(piece)")
                }
            }
        }
        try #require(planted > 50 && good > 50)
        #expect(Double(found) >= 0.98 * Double(planted), "\(found) of \(planted): \(missed)")
        #expect(Double(flagged) <= 0.05 * Double(good), "\(flagged) of \(good): \(missed)")
    }

    @Test("every rule finds what its examples say, and lets pass what they let pass")
    func examples() throws {
        let file: ExampleFile = try Self.knowledge.yaml("statement/lint.yaml")
        #expect(file.rules.count > 40)
        for rule in file.rules {
            for text in rule.examples?.find ?? [] {
                let findings = lint.findings(in: text)
                #expect(findings.contains { $0.rule == rule.id || $0.kind == rule.kind }, "\(rule.id) finds nothing in \(text)")
            }
            for text in rule.examples?.pass ?? [] {
                let findings = lint.findings(in: text)
                #expect(findings.isEmpty, "\(rule.id): \(text) → \(findings.map { "\($0.rule): \($0.text)" })")
            }
        }
    }

    @Test("our own texts pass, with their blanks and with what stands in their place")
    func ownTexts() throws {
        let templates: StatementTemplates = try Self.knowledge.yaml("statement/templates.yaml")
        let page: RulesText = try Self.knowledge.yaml("statement/rules-page.yaml")
        let replies: [ReplyPack] = try Self.knowledge.yamls("replies")
        let tones = replies.flatMap { [$0.tones.short, $0.tones.polite, $0.tones.firm] }
        let texts = templates.texts.map(\.text) + page.sections.map(\.text) + tones
        #expect(texts.count > 20)
        for blank in templates.blanks + page.blanks + replies.flatMap(\.blanks) {
            #expect(Self.values[blank.id] != nil, "no value for {\(blank.id)}")
        }
        for text in texts.flatMap({ [$0.ja, $0.ja.filled(Self.values)] }) {
            let findings = lint.findings(in: text)
            #expect(findings.isEmpty, "\(text) → \(findings.map { "\($0.rule): \($0.text)" })")
        }
    }

    // MARK: - Names of the case

    @Test("names that the case holds are found wherever they stand and however they are written")
    func knownNames() {
        let known = KnownNames(others: ["ほしくずＷＯＲＫＳ", "渡邉", "Q7", "もこもこ雑貨"])
        for (text, expected) in [
            ("ほしくずWORKSの棚の話です。", "ほしくずWORKS"), ("棚はｈｏ、ほしくずＷＯＲＫＳ。", "ほしくずＷＯＲＫＳ"),
            ("も こ も こ 雑 貨の棚です。", "も こ も こ 雑 貨"),
        ] {
            let findings = lint.findings(in: text, known: known)
            #expect(findings.contains { $0.kind == .name && $0.text.contains(expected) }, "\(text) → \(findings)")
            #expect(lint.findings(in: text).isEmpty, "\(text) is fine where nobody of that name is known")
        }
        let finding = lint.findings(in: "ほしくずWORKSの棚の話です。", known: known).first
        #expect(finding?.rule == "known")
        #expect(finding?.reason.ja.isEmpty == false)
        #expect(lint.findings(in: "Q7の棚の話です。", known: known).isEmpty, "two letters stand in too many words")
    }

    @Test("her own names may stand in her texts")
    func ownNames() {
        let text = "店主の沢渡美緒さんです。"
        #expect(lint.findings(in: text).map(\.kind) == [.name])
        #expect(lint.findings(in: text, known: KnownNames(own: ["沢渡美緒さん"])).isEmpty)
        #expect(lint.findings(in: text, known: KnownNames(others: ["沢渡美緒"], own: ["", "沢渡美緒さん"])).isEmpty)
        #expect(!lint.findings(in: text + "高梨千秋さんも。", known: KnownNames(own: ["沢渡美緒さん"])).isEmpty)
    }

    // MARK: - What a finding says

    @Test("a finding says which characters it stands on, whatever stands before")
    func places() throws {
        for before in ["", "👩‍👩‍👧🇯🇵 ", "か\u{3099}\r\n", "\u{200B}{shop}、", "㌔𠮷"] {
            let text = before + "高\u{200B}梨ｻﾞ千秋さんです。沢渡美緒さんもです。"
            let findings = lint.findings(in: text)
            let finding = try #require(findings.last, "\(text)")
            let characters = Array(text)
            #expect(finding.text.hasSuffix("沢渡美緒さん"), "\(finding)")
            for finding in findings { #expect(String(characters[finding.range]) == finding.text) }
        }
    }

    @Test("a finding gives the reason of its rule, or else of its kind")
    func reasons() throws {
        let findings = lint.findings(in: "高梨千秋さんへ。電話は090-1204-0098です。")
        #expect(findings.map(\.kind) == [.name, .address])
        #expect(findings.allSatisfy { !$0.reason.ja.isEmpty && !$0.reason.en.isEmpty })
        #expect(Set(findings.map(\.reason)).count == 2)
    }

    @Test("findings stand in the order of the text, and those of one kind do not overlap")
    func order() {
        let text = "犯人は高梨千秋さんです。電話は090-1204-0098、住まいは福井市です。沢渡美緒さんは泥棒です。"
        let findings = lint.findings(in: text)
        #expect(Set(findings.map(\.kind)) == Set(StatementFinding.Kind.allCases))
        #expect(findings.map(\.range.lowerBound) == findings.map(\.range.lowerBound).sorted())
        for kind in StatementFinding.Kind.allCases {
            let own = findings.filter { $0.kind == kind }
            for (one, next) in zip(own, own.dropFirst()) { #expect(one.range.upperBound <= next.range.lowerBound) }
        }
    }

    // MARK: - Anything at all

    /// Texts of 100,000 characters, by what they hold.
    private static let longTexts: [(name: String, part: String)] = [
        ("sentences", "いつもありがとうございます。6月3日ごろから、高梨千秋さんの書きこみが続いています。"), ("no end", "犯人は近所の人だと思うし電話は来るし、"),
        ("kanji", "高梨千秋罪"), ("one letter", "人"), ("opening", "「"), ("apart", "み や "), ("marks", "\u{3099}"), ("lines", "\r\n"),
    ]

    @Test("a text of 100,000 characters ends quickly", .timeLimit(.minutes(2)), arguments: longTexts.map(\.name))
    func long(_ name: String) throws {
        let part = try #require(Self.longTexts.first { $0.name == name }?.part)
        let text = String(String(repeating: part, count: 100_000 / part.unicodeScalars.count))
        let findings = lint.findings(in: text, known: KnownNames(others: ["高梨千秋", "tanaka", "アカギア"], own: ["高梨", "み"]))
        let count = text.count
        #expect(findings.allSatisfy { !$0.range.isEmpty && $0.range.upperBound <= count })
    }

    @Test(
        "odd texts end without a trap",
        arguments: [
            "", " ", "\n", "。", "さん", " さん", "様", "●さん", "{", "}", "{}", "{shop", "「", "」", "「」", "\u{3099}", "か\u{3099}", "ー",
            "・", "-", "\0",
            "\u{200B}", "\u{FE0F}", "𠮷", "𠮷𠮷さん", "👩‍👩‍👧さん", "🇯🇵", "\u{FDFA}", "\u{E0101}", "ﾞ", "1ー2", "み や", "み や う", "々さん", "ヶ",
            "高ヶ", "@", "@a",
            "a b", "Sato ", " Sato", "\r\n高梨千秋", "\u{2028}高梨千秋さん", "高梨 ", "高梨 千", "あ ", "ア・", "ア・イ", "高梨「", "「高梨", "「」さん",
        ])
    func odd(_ text: String) {
        for text in [text, text + text, "高梨" + text, text + "さん", text + "。" + text] {
            let findings = lint.findings(in: text, known: KnownNames(others: [text, "高梨"], own: [text]))
            #expect(findings.allSatisfy { !$0.range.isEmpty && $0.range.upperBound <= text.count })
        }
    }

    @Test("rules that are not there are told as damaged")
    func damaged() {
        let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge/law"))
        #expect(throws: KnowledgeError(.damaged)) { try StatementLint(knowledge) }
    }
}

/// The examples of the rules.
private struct ExampleFile: Decodable {
    struct Rule: Decodable {
        let id: String
        let kind: StatementFinding.Kind
        let examples: Examples?
    }

    struct Examples: Decodable {
        let find: [String]?
        let pass: [String]?
    }

    let rules: [Rule]
}
