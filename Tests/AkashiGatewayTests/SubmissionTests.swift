import AkashiTesting
import Foundation
import Testing

@testable import AkashiGateway

@Suite("what a visitor sends")
struct SubmissionTests {
    private func json(_ text: String, key: String? = nil) throws(Submission.Problem) -> Submission {
        try Submission(json: Array(text.utf8), key: key)
    }

    @Test("a form and the API say the same")
    func same() throws {
        let form = try Submission(
            form: Array("name=%E3%81%AF%E3%82%8B&text=%E3%81%8A%E8%8A%B1+%26+%E8%91%89%0D%0A2&key=k&website=".utf8))
        #expect(form == (try json(#"{"name":"はる","text":"お花 & 葉\n2"}"#, key: "k")))
        #expect(!form.fellIntoTrap)
    }

    @Test("limits are kept, and each says which it is")
    func limits() throws {
        let long = String(repeating: "あ", count: Submission.maximumTextCount)
        #expect(try json(#"{"text":"\#(long)"}"#).text == long)
        #expect(throws: Submission.Problem.textTooLong) { try json(#"{"text":"\#(long)い"}"#) }
        #expect(throws: Submission.Problem.textMissing) { try json(#"{"name":"a","text":" \n "}"#) }
        #expect(throws: Submission.Problem.nameTooLong) { try json(#"{"text":"a","name":"\#(long)"}"#) }
        #expect(throws: Submission.Problem.keyTooLong) { try json(#"{"text":"a"}"#, key: long) }
        #expect(throws: Submission.Problem.unreadable) { try json(#"{"text":1}"#) }
        #expect(throws: Submission.Problem.unreadable) { try Submission(form: Array("text=%FF".utf8)) }
    }

    @Test("letters that control a screen are left out, line ends stay, and a name has one line")
    func control() throws {
        let read = try json(#"{"text":"a\u0000b\u001b[2J\nc\td","name":"x\ny\u0085z"}"#)
        #expect(read.text == "ab[2J\nc\td")
        #expect(read.claimedName == "xyz")
    }

    @Test("who fills in what people do not see is marked, not sent away")
    func trap() throws { #expect(try json(#"{"text":"a","website":"http://example.com"}"#).fellIntoTrap) }

    @Test("a thread's name is letters of any script, digits and a few marks")
    func threads() {
        for name in ["page-1", "はなのお皿", "2026.11", "a_b~c"] { #expect(ThreadName(name)?.name == name) }
        for name in ["", "a/b", "..", ".hidden", "a b", "a?b", "a\u{0}", String(repeating: "a", count: 81), "<b>"] {
            #expect(ThreadName(name) == nil, "\(name)")
        }
    }

    @Test("any bytes are read or refused", arguments: 0..<200)
    func fuzz(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let noise = generator.bytes(300)
        _ = try? Submission(form: noise)
        _ = try? Submission(json: noise, key: nil)
        var seeded = Array(#"{"name":"はる","text":"お花","website":""}"#.utf8)
        for byte in noise.prefix(6) { seeded[Int(byte) % seeded.count] = byte }
        _ = try? Submission(json: seeded, key: nil)
    }
}

@Suite("the API's description")
struct OpenAPITests {
    @Test("an outside checker finds it valid, and it names every problem that a request can have")
    func valid() throws {
        let file = ProjectFolder.root.appending(path: "Knowledge/gateway/openapi.yaml")
        let checker = ProjectFolder.root.appending(path: ".tools/venv/bin/openapi-spec-validator").path
        let result = try Command.run(checker, [file.path])
        #expect(result.status == 0, "\(result.text) \(result.errors)")
        let text = try String(contentsOf: file, encoding: .utf8)
        for problem in Submission.Problem.allCases { #expect(text.contains(problem.rawValue), "\(problem)") }
    }
}
