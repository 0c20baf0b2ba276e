import AkashiText
import Testing

@Suite("telling encodings apart")
struct TextDecoderTests {
    @Test("bytes that are no text are said to be none, and UTF-8 needs no help")
    func basics() {
        let decoder = TextDecoder(legacy: { _, _ in nil })
        #expect(decoder.decode([0, 1, 2]) == nil)
        #expect(decoder.decode(Array("あ".utf8))?.encoding == .utf8)
        #expect(decoder.decode([0xff, 0xfe, 0x42, 0x30])?.text == "あ")
    }
}
