import Foundation

/// What comes from a model, put together piece by piece: server-sent events with `choices[0].delta.content`, or one JSON object.
struct ModelWords {
    /// Bytes after which no more is read.
    static let mostBytes = 64 << 10

    private struct Chunk: Decodable {
        struct Choice: Decodable {
            struct Words: Decodable { let content: String? }
            let delta: Words?
            let message: Words?
        }
        let choices: [Choice]
    }

    private var raw: [UInt8] = []
    private var scanned = 0
    private(set) var content = ""
    private(set) var isTooLong = false
    private(set) var isWhole = false

    /// Takes the next piece.
    mutating func take(_ piece: [UInt8]) {
        guard raw.count + piece.count <= Self.mostBytes else {
            isTooLong = true
            return
        }
        raw += piece
        while let end = raw[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
            line(raw[scanned..<end])
            scanned = end + 1
        }
    }

    /// Takes what is left when nothing more comes.
    mutating func finish() {
        line(raw[min(scanned, raw.count)...])
        if content.isEmpty, let chunk = try? JSONDecoder().decode(Chunk.self, from: Data(raw)) {
            content = chunk.choices.first?.message?.content ?? ""
        }
    }

    private mutating func line(_ bytes: ArraySlice<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix("data:") else { return }
        let data = text.dropFirst(5).trimmingCharacters(in: .whitespaces)
        if data == "[DONE]" { isWhole = true }
        if let chunk = try? JSONDecoder().decode(Chunk.self, from: Data(data.utf8)) {
            content += chunk.choices.first?.delta?.content ?? ""
        }
    }
}

/// A model's answer: words for the two sentences, and the sources it leans on. Everything else it says is not read.
struct ModelAnswer: Decodable, Equatable {
    let receive: String
    let next: String
    let sources: [String]?

    /// Reads an answer out of a model's words: the one JSON object in them.
    init?(_ text: String) {
        guard let start = text.firstIndex(of: "{"), let end = text.lastIndex(of: "}"), start < end,
            let answer = try? JSONDecoder().decode(Self.self, from: Data(text[start...end].utf8))
        else { return nil }
        self = answer
    }
}
