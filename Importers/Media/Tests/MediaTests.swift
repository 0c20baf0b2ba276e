import AkashiIntake
import AkashiMediaImporter
import AkashiModel
import AkashiTesting
import Foundation
import Testing

@Suite("films and recordings")
struct MediaTests {
    private func read(_ name: String, _ bytes: [UInt8]) throws -> ImportResult {
        try ImportResult(MediaImporter(), SealedTree.memory([(name, bytes)]))
    }

    private func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) } }
    private func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xFF) } }

    /// A recording of silence.
    private func wave(seconds: Int) -> [UInt8] {
        let data = [UInt8](repeating: 128, count: 8000 * seconds)
        let format =
            Array("fmt ".utf8) + little(16, 4) + little(1, 2) + little(1, 2) + little(8000, 4) + little(8000, 4) + little(1, 2)
            + little(8, 2)
        let body = Array("WAVE".utf8) + format + Array("data".utf8) + little(data.count, 4) + data
        return Array("RIFF".utf8) + little(body.count, 4) + body
    }

    @Test("the length of a recording is read")
    func recording() throws {
        let bytes = wave(seconds: 75)
        let record = try #require(read("電話.wav", bytes).records.first)
        #expect(record.kind == .recording && record.details["duration"] == "1:15")
        try ImporterConformance.check(MediaImporter(), [("電話.wav", bytes)])
    }

    @Test("a film's head gives its length and the time it states, whatever lies where in the file")
    func film() throws {
        func box(_ type: String, _ body: [UInt8]) -> [UInt8] { big(body.count + 8) + Array(type.utf8) + body }
        // 2026-11-14T12:05:33Z in seconds since 1904, and 90 seconds at a scale of 1000.
        let made = 1_794_657_933 + 2_082_844_800
        let identity: [UInt8] = [0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000].flatMap(big)
        let movie = box(
            "mvhd",
            big(0) + big(made) + big(made) + big(1000) + big(90_000) + big(0x10000) + [1, 0] + [UInt8](repeating: 0, count: 10)
                + identity + [UInt8](repeating: 0, count: 24) + big(2))
        let head = box(
            "tkhd",
            big(7) + big(made) + big(made) + big(1) + big(0) + big(90_000) + [UInt8](repeating: 0, count: 16) + identity
                + big(320 << 16) + big(240 << 16))
        let media = box("mdhd", big(0) + big(made) + big(made) + big(1000) + big(90_000) + [0x55, 0xC4, 0, 0])
        let handler = box("hdlr", big(0) + big(0) + Array("vide".utf8) + [UInt8](repeating: 0, count: 13))
        let track = box("trak", head + box("mdia", media + handler + box("minf", box("vmhd", big(1) + big(0) + big(0)))))
        let bytes =
            box("ftyp", Array("isom".utf8) + big(512) + Array("isom".utf8)) + box("mdat", [UInt8](repeating: 0, count: 5000))
            + box("moov", movie + track)
        let record = try #require(read("film.mp4", bytes).records.first)
        #expect(record.kind == .film, "\(record)")
        #expect(record.details["duration"] == "1:30")
        #expect(record.claimedTime?.instant.utcText == "2026-11-14T12:05:33.000Z")
        #expect(record.remarks.contains(Remark("media.time-of-file")))
    }

    @Test("a broken film is kept and listed; other files are left to others")
    func broken() throws {
        let result = try read("a.mp4", big(20) + Array("ftypisom".utf8) + [1, 2, 3])
        #expect(result.records.count == 1 && result.problems == ["media.unreadable"])
        #expect(try read("a.txt", Array("ただの文章です。".utf8)).records.isEmpty)
        #expect(try read("a.heic", big(24) + Array("ftypheic".utf8) + big(0) + big(0)).records.isEmpty)
    }
}
