import AkashiIntake
import AkashiModel
import AkashiTesting
import Testing

/// An invented talk, and how LINE would write it.
private struct InventedTalk {
    struct Message {
        let minute: Int
        let name: String
        let text: String
    }

    var generator: SeededGenerator
    var messages: [Message] = []

    init(seed: UInt64, names: [String], words: [String]) {
        generator = SeededGenerator(seed: seed)
        var minute = 480
        for _ in 0..<80 {
            minute += Int.random(in: 0...8, using: &generator)
            let name = names[Int.random(in: 0..<names.count, using: &generator)]
            let count = Int.random(in: 1...5, using: &generator)
            let text = (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }.joined()
            // Half of the texts begin with whatever it may be, the other half end with it.
            let isFirst = Bool.random(using: &generator)
            messages.append(Message(minute: minute, name: name, text: isFirst ? text + "ん" : "あ" + text))
        }
    }

    var telephone: String {
        let lines = messages.map { message in
            let isLong = message.text.utf8.contains(10)
            let quoted = message.text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            return "\(clock(message.minute))\t\(message.name)\t\(isLong ? "\"\(quoted)\"" : message.text)"
        }
        return "[LINE] みほんとのトーク履歴\r\n\r\n2026/10/01(木)\r\n" + lines.joined(separator: "\r\n") + "\r\n"
    }

    var computer: String {
        let lines = messages.map { "\(clock($0.minute)) \($0.name) \($0.text)" }
        return "2026.10.01 木曜日\n" + lines.joined(separator: "\n") + "\n"
    }

    private func clock(_ minute: Int) -> String {
        let parts = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return parts.joined(separator: ":")
    }
}

@Suite("LINE の書きかたで書いて、読みもどす")
struct LineRoundTripTests {
    @Test("電話の形では、どの文もそのまま戻る。わからないときは、その旨がある", arguments: Seeds.standard)
    func telephoneTexts(_ seed: UInt64) throws {
        let words = [
            "うん", "\"", "\"\"", "\n", "\n\n", "\t", "2026/10/09(金)\n", "\n12:00\tみどり\tはい", " ", "が", "か\u{3099}", "☎ ",
        ]
        let talk = InventedTalk(seed: seed, names: ["みどり", "森 はる", "Ken@home"], words: words)
        let reading = try LineReading(talk.telephone)
        guard !reading.remarks.contains(where: { $0.contains("line.quote-unsure") }) else { return }
        #expect(reading.records.count == talk.messages.count)
        for (record, message) in zip(reading.records, talk.messages) {
            #expect(Array((record.text ?? "").utf8) == Array(message.text.utf8))
            #expect(record.account?.displayName == message.name)
        }
    }

    @Test("パソコンの形では、名前をまちがえない。わからないときは、その旨がある", arguments: Seeds.standard)
    func computerNames(_ seed: UInt64) throws {
        let words = ["うん", " ", "\n", "\n・", "[写真]", "もり", "森 ", "はい"]
        let names = ["みどり", "森 はる", "森 あかね", "Ken (o_o) Mori", "もり"]
        let talk = InventedTalk(seed: seed, names: names, words: words)
        let reading = try LineReading(talk.computer)
        #expect(reading.records.count == talk.messages.count)
        for (record, message) in zip(reading.records, talk.messages) {
            if record.remarks.contains(where: { $0.code == "line.author-unsure" }) {
                #expect(record.account == nil)
            } else {
                #expect(record.account?.displayName == message.name)
            }
        }
        let unsureCount = reading.remarks.count { $0.contains("line.author-unsure") }
        #expect(unsureCount * 4 < reading.records.count)
    }
}
