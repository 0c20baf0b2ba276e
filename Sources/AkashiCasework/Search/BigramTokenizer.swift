import AkashiText
import GRDB

/// Cuts text for full-text search into overlapping pairs of letters: Japanese has no blanks between words, and a word of two
/// letters, or a part of a name, must be found all the same.
///
/// A run of letters `店主` gives `店主` and, at its end, `主`. What is looked for is cut in the same way, without the single at the end.
final class BigramTokenizer: FTS5CustomTokenizer {
    static let name = "akashi_bigram"

    init(db: Database, arguments: [String]) throws {}

    func tokenize(
        context: UnsafeMutableRawPointer?, tokenization: FTS5Tokenization, pText: UnsafePointer<CChar>?, nText: CInt,
        tokenCallback: @escaping FTS5TokenCallback
    ) -> CInt {
        guard let pText, nText > 0 else { return 0 }
        // The text was folded before it came here: what is stored and what is asked are already comparable.
        let bytes = UnsafeRawBufferPointer(start: pText, count: Int(nText))
        let isQuery = tokenization.contains(.query)
        var starts: [CInt] = []
        func flush(_ end: CInt) -> CInt {
            guard !starts.isEmpty else { return 0 }
            defer { starts.removeAll(keepingCapacity: true) }
            let limit = isQuery && starts.count > 1 ? starts.count - 1 : starts.count
            for index in 0..<limit {
                let from = starts[index]
                let to = index + 2 < starts.count ? starts[index + 2] : end
                let code = tokenCallback(context, 0, pText.advanced(by: Int(from)), to - from, from, to)
                if code != 0 { return code }
            }
            return 0
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            if Self.isSeparator(bytes, index, length) {
                let code = flush(CInt(index))
                if code != 0 { return code }
            } else {
                starts.append(CInt(index))
            }
            index += length
        }
        return flush(CInt(min(index, bytes.count)))
    }

    /// Blanks, and punctuation of ASCII and of Japanese: between them letters do not pair.
    static func isSeparator(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ length: Int) -> Bool {
        if length == 1 {
            switch bytes[index] {
            case 48...57, 97...122, 95: return false
            default: return true
            }
        }
        // U+3000–U+303F but 々〆〇 (E3 80 85–87), and general punctuation E2 80 xx.
        if length == 3, index + 2 < bytes.count {
            if bytes[index] == 0xE3, bytes[index + 1] == 0x80 { return !(0x85...0x87).contains(bytes[index + 2]) }
            if bytes[index] == 0xE2, bytes[index + 1] == 0x80 { return true }
            if bytes[index] == 0xE3, bytes[index + 1] == 0x83, bytes[index + 2] == 0xBB { return true }
        }
        return false
    }

    /// The runs of letters of a folded text, as the tokenizer sees them.
    static func runs(_ folded: String) -> [String] {
        var runs: [String] = []
        var run: [UInt8] = []
        var bytes = Array(folded.utf8)
        bytes.withUnsafeMutableBytes { buffer in
            let bytes = UnsafeRawBufferPointer(buffer)
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                if isSeparator(bytes, index, length) {
                    if !run.isEmpty { runs.append(String(decoding: run, as: UTF8.self)) }
                    run = []
                } else {
                    run += bytes[index..<min(index + length, bytes.count)]
                }
                index += length
            }
        }
        if !run.isEmpty { runs.append(String(decoding: run, as: UTF8.self)) }
        return runs
    }
}
