/// Words in headers that are not ASCII (RFC 2047), as they are really sent.
public enum EncodedWord {
    private struct Word {
        let charset: String
        let bytes: [UInt8]
    }

    /// The readable text of a header's value.
    ///
    /// Each word is decoded alone and neighbours are joined without the blank between them. Where a word alone makes no
    /// sense, because a program cut a letter in two, the bytes of neighbours are joined first.
    public static func decode(_ value: [UInt8]) -> String {
        var text = ""
        var words: [Word] = []
        var plain: [UInt8] = []
        var position = 0
        func flushWords() {
            guard !words.isEmpty else { return }
            text += joined(words)
            words = []
        }
        func flushPlain() {
            guard !plain.isEmpty else { return }
            text += CharsetDecoder.decode(plain, label: nil).text
            plain = []
        }
        while position < value.count {
            if value[position] == UInt8(ascii: "="), let (word, length) = word(value[position...]) {
                // Blanks between two words are not part of the text.
                if words.isEmpty || !plain.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }) {
                    flushWords()
                    flushPlain()
                } else {
                    plain = []
                }
                words.append(word)
                position += length
            } else {
                plain.append(value[position])
                position += 1
            }
        }
        flushWords()
        flushPlain()
        return text
    }

    private static func joined(_ words: [Word]) -> String {
        var text = ""
        var index = 0
        while index < words.count {
            var end = index + 1
            while end < words.count, words[end].charset == words[index].charset { end += 1 }
            let run = words[index..<end]
            let label = words[index].charset
            let alone = run.map { CharsetDecoder.strictly($0.bytes, label: label) }
            if alone.allSatisfy({ $0 != nil }) {
                text += alone.compactMap { $0 }.joined()
            } else {
                text += CharsetDecoder.decode(run.flatMap(\.bytes), label: label).text
            }
            index = end
        }
        return text
    }

    /// `=?charset*language?B or Q?text?=`
    private static func word(_ bytes: ArraySlice<UInt8>) -> (Word, Int)? {
        guard bytes.count > 7, bytes[bytes.startIndex + 1] == UInt8(ascii: "?") else { return nil }
        let mark = UInt8(ascii: "?")
        let start = bytes.startIndex + 2
        guard let first = bytes[start...].firstIndex(of: mark), first - start <= 60, first + 2 < bytes.endIndex,
            bytes[first + 2] == mark
        else { return nil }
        let body = first + 3
        var end = body
        // Some programs leave blanks inside; a word never goes on after the next "?=".
        while end + 1 < bytes.endIndex, !(bytes[end] == mark && bytes[end + 1] == UInt8(ascii: "=")) { end += 1 }
        guard end + 1 < bytes.endIndex else { return nil }
        let charset = String(decoding: bytes[start..<first], as: UTF8.self).lowercased().prefix { $0 != "*" }
        let content: [UInt8]
        switch bytes[first + 1] {
        case UInt8(ascii: "B"), UInt8(ascii: "b"): content = TransferDecoding.base64(bytes[body..<end])
        case UInt8(ascii: "Q"), UInt8(ascii: "q"): content = TransferDecoding.quotedPrintable(bytes[body..<end], inHeader: true)
        default: return nil
        }
        return (Word(charset: String(charset), bytes: content), end + 2 - bytes.startIndex)
    }
}
