import AkashiFormats
import AkashiTesting
import Testing

@Suite("cutting a JSON array into its elements")
struct JSONArraySplitterTests {
    private func split(_ text: String, pieceSize: Int) -> (elements: [String], offsets: [UInt64], problems: Int) {
        var splitter = JSONArraySplitter()
        var elements: [String] = []
        var offsets: [UInt64] = []
        var problems = 0
        func take(_ event: JSONArraySplitter.Event) {
            switch event {
            case .element(let element):
                elements.append(String(decoding: element.bytes, as: UTF8.self))
                offsets.append(element.offset)
            case .problem: problems += 1
            }
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieceSize) {
            splitter.update(Array(bytes[start..<min(start + pieceSize, bytes.count)]), take)
        }
        splitter.finish(take)
        return (elements, offsets, problems)
    }

    @Test("elements and their places are the same however the input is cut", arguments: [1, 2, 3, 7, 1000])
    func pieces(size: Int) {
        let text = "window.YTD.x.part0 = [ {\"a\":\"]},{\\\"\"}, [1,[2]] ,\"s,\", 5 ]"
        let result = split(text, pieceSize: size)
        #expect(result.elements == ["{\"a\":\"]},{\\\"\"}", "[1,[2]]", "\"s,\"", "5"])
        #expect(result.problems == 0)
        for (element, offset) in zip(result.elements, result.offsets) {
            #expect(Array(text.utf8)[Int(offset)...].starts(with: Array(element.utf8)))
        }
    }

    @Test("any bytes at all end without a trap", arguments: Seeds.standard)
    func fuzz(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var bytes = Array("x = [ {\"a\":[1,2,{\"b\":\"c\"}]}, 3 ]".utf8)
            Mutation.apply(to: &bytes, using: &generator)
            _ = split(String(decoding: bytes, as: UTF8.self), pieceSize: 5)
        }
    }
}
