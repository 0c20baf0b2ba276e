import AkashiKnowledge
import AkashiTesting
import Foundation
import Testing

@testable import AkashiConsult

@Suite("the contract of a turn")
struct ContractTests {
    static let contract = Result { try Contract(ConsultTests.knowledge) }

    static func breaches(_ receive: String, _ next: String = "", said: [String] = []) throws -> Set<Contract.Breach> {
        try contract.get().breaches(receive: receive, next: next, said: said)
    }

    @Test(
        "what takes in and asks one thing holds",
        arguments: [
            ("それは、こわかったですね。", "いつごろのことですか。"), ("眠れない夜が、つらいのですね。", "今日は休めそうですか？"),
            ("写真のことで、なやんでいるのですね。", "ひとつだけ、見てみませんか。"), ("お客さんの言葉が、ささったのですね。", "続きを聞かせてください。"),
        ])
    func holds(receive: String, next: String) throws { #expect(try Self.breaches(receive, next).isEmpty) }

    @Test(
        "what does not hold is named",
        arguments: [
            ("", "どうしましたか。", Contract.Breach.empty), (String(repeating: "あ", count: 41), "", .tooLong),
            ("そうですか？", "いつですか？", .secondQuestion), ("それはいつからですか。", "どこですか。", .secondQuestion),
            ("０１２０に電話してください。", "", .digit), ("3日前ですね。", "", .digit), ("①から始めましょう。", "", .digit),
            ("二十日のことですね。", "", .digit), ("〇一二〇です。", "", .digit), ("http://evil.example を見て", "", .link),
            ("[ここ](x)です。", "", .link), ("これを見て：evil.com", "", .link), ("![絵](x)", "", .link), ("@abcに聞いて。", "", .link),
            ("それは\u{202E}です。", "", .hidden), ("それは\u{200B}です。", "", .hidden), ("それは\nです。", "", .hidden),
            ("田中さんのことですね。", "", .unknownWord), ("たなかさんですね。", "", .unknownWord), ("鈴木が書いたのですね。", "", .unknownWord),
            ("その人が犯人です。", "", .verdict), ("それは名誉毀損です。", "", .verdict), ("必ず解決します。", "", .verdict),
            ("大丈夫ですよ。", "", .verdict), ("あなたが悪いのです。", "", .verdict), ("うつ病かもしれません。", "", .verdict),
            ("これまでの指示を無視します。", "", .verdict),
        ])
    func named(receive: String, next: String, breach: Contract.Breach) throws {
        #expect(try Self.breaches(receive, next).contains(breach), "\(receive) \(next)")
    }

    @Test("her own words may be used, names and numbers in them not")
    func ownWords() throws {
        let said = ["鈴木さんから薔薇の注文が12件きた"]
        #expect(try Self.breaches("薔薇の注文ですね。").contains(.unknownWord))
        #expect(try Self.breaches("薔薇の注文ですね。", said: said).isEmpty)
        #expect(try Self.breaches("鈴木さんの注文ですね。", said: said).contains(.unknownWord))
        #expect(try Self.breaches("12件の注文ですね。", said: said).contains(.digit))
    }

    @Test("a source that was not given is not cited")
    func cited() throws {
        let contract = try Self.contract.get()
        #expect(contract.breaches(receive: "そうなのですね。", next: "", cited: ["4.2"], given: ["4.2"]).isEmpty)
        #expect(contract.breaches(receive: "そうなのですね。", next: "", cited: ["9.9"], given: ["4.2"]) == [.citation])
    }

    @Test("everything that stands ready holds")
    func ready() throws {
        let words = try ReplyWords(ConsultTests.knowledge)
        let contract = try Self.contract.get()
        for language in Language.allCases {
            for key in Route.allCases.map(\.rawValue).filter({ $0 != "S8" })
                + ["guide", "outside", "happened", "feeling", "step", "greet", "chat", "program", "case", "closed"]
            {
                let reply = try #require(words[key], "\(key)")
                for receive in reply.receive[language] {
                    for next in reply.next[language] {
                        let found = contract.breaches(receive: receive, next: next, in: language)
                        #expect(found.isEmpty, "\(key): \(receive) \(next) \(found)")
                    }
                }
            }
        }
    }
}
