import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiPictureImporter
import AkashiTesting
import Foundation
import Testing

@Suite("pictures")
struct PictureTests {
    private static let post = ProjectFolder.root.appending(path: "Importers/Picture/Cases/post.png")

    private func read(_ name: String, _ bytes: [UInt8]) throws -> ImportResult {
        try ImportResult(PictureImporter(), SealedTree.memory([(name, bytes)]))
    }

    private func png() throws -> [UInt8] { try Array(Data(contentsOf: Self.post)) }

    /// A JPEG of the post, with what a telephone writes into it.
    private func photograph(exif: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let pdf = ProjectFolder.root.appending(path: "Importers/PDF/Cases/letter.pdf").path
        let run = try Command.run("pdftoppm", ["-jpeg", "-r", "60", "-f", "1", "-l", "1", pdf], folder: folder.url)
        let jpeg = run.output
        let body = Array("Exif\0\0".utf8) + exif
        let segment: [UInt8] = [0xFF, 0xE1, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 0xFF)] + body
        return Array(jpeg.prefix(2)) + segment + jpeg.dropFirst(2)
    }

    /// TIFF: a maker's name, how to turn it, a place, a time with its zone.
    private static let exif: [UInt8] = {
        func big(_ number: UInt32, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(number >> UInt32(8 * (count - 1 - $0)) & 0xFF) }
        }
        func entry(_ tag: UInt32, _ type: UInt32, _ count: UInt32, _ value: UInt32) -> [UInt8] {
            var bytes = big(tag, 2)
            bytes += big(type, 2)
            bytes += big(count, 4)
            return bytes + big(value, 4)
        }
        var first: [UInt8] = [0, 3]
        first += entry(0x112, 3, 1, 6 << 16)
        first += entry(0x8769, 4, 1, 50)
        first += entry(0x8825, 4, 1, 200)
        first += [0, 0, 0, 0]
        var second: [UInt8] = [0, 2]
        second += entry(0x9003, 2, 20, 100)
        second += entry(0x9011, 2, 7, 130)
        second += [0, 0, 0, 0]
        var bytes: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8] + first
        bytes += second
        bytes += [UInt8](repeating: 0, count: 100 - bytes.count) + Array("2026:11:14 21:05:33\0".utf8)
        bytes += [UInt8](repeating: 0, count: 130 - bytes.count) + Array("+09:00\0".utf8)
        bytes += [UInt8](repeating: 0, count: 200 - bytes.count) + [0, 0, 0, 0, 0, 0] + Array("SECRET PLACE".utf8)
        return bytes
    }()

    @Test("the letters of a screenshot are read, and a remark says that a program read them")
    func letters() throws {
        let record = try #require(read("Screenshot_20261114-210533.png", png()).records.first)
        let text = try #require(record.text)
        #expect(text.contains("この店はやめたほうがいい") && text.contains("注文とキャンセル"))
        #expect(record.remarks.contains(Remark("picture.read-by-program")))
        #expect(record.claimedTime?.instant.utcText == "2026-11-14T12:05:33.000Z")
        #expect(record.remarks.contains(Remark("picture.time-of-name")))
        #expect(record.details["size"] == "824x520")
    }

    @Test(
        "times are taken from the names that telephones give",
        arguments: [
            ("Screenshot_20261114-210533.png", true), ("スクリーンショット 2026-11-14 21.05.33.png", true),
            ("IMG_20261114_210533.png", true),
            ("20261114_210533.png", true), ("IMG_0412.PNG", false), ("9999999.png", false), ("20261399_999999.png", false),
        ] as [(String, Bool)])
    func names(name: String, hasTime: Bool) throws {
        let tiny: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 0x1A, 10]
        let record = try read(name, tiny).records.first
        #expect((record?.claimedTime?.instant.utcText == "2026-11-14T12:05:33.000Z") == hasTime)
    }

    @Test("what a telephone wrote into a photograph is used and never told: no place in the record")
    func camera() throws {
        let record = try #require(read("IMG_1.jpg", photograph(exif: Self.exif)).records.first)
        #expect(record.claimedTime?.instant.utcText == "2026-11-14T12:05:33.000Z")
        #expect(record.claimedTime?.zone == .stated(offsetMinutes: 540))
        #expect(record.remarks.contains(Remark("picture.has-location")))
        let words = String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
        #expect(!words.contains("SECRET"))
    }

    @Test("a cleaned picture keeps the picture and how to turn it, and nothing else", arguments: ["jpeg", "png"])
    func cleaned(format: String) throws {
        var bytes = try format == "jpeg" ? photograph(exif: Self.exif) : png()
        if format == "png" {
            let text = Array("Comment\0SECRET PLACE".utf8)
            let chunk = [0, 0, 0, UInt8(text.count)] + Array("tEXt".utf8) + text + [0, 0, 0, 0]
            bytes = Array(bytes[0..<33]) + chunk + bytes[33...]
        }
        let clean = try #require(CleanImage.clean(bytes))
        #expect(!String(decoding: clean, as: UTF8.self).contains("SECRET"))
        let info = try #require(ImageInfo(clean))
        #expect(info.width == ImageInfo(bytes)?.width && info.exif?.hasLocation != true && info.exif?.takenAt == nil)
        if format == "jpeg" { #expect(info.exif?.orientation == 6) }
        // Another program still sees the picture.
        #expect(try Command.run("tesseract", ["stdin", "stdout", "-l", "jpn"], input: clean).status == 0)
    }

    @Test("a HEIC photograph is read")
    func heic() throws {
        let folder = try TemporaryFolder()
        try Data(try png()).write(to: folder.url.appending(path: "a.png"))
        let made = try Command.run("heif-enc", ["a.png", "-o", "a.heic"], folder: folder.url)
        try #require(made.status == 0, "\(made.errors)")
        let bytes = try Array(Data(contentsOf: folder.url.appending(path: "a.heic")))
        let record = try #require(read("a.heic", bytes).records.first)
        #expect(record.text?.contains("やめたほうがいい") == true)
    }

    @Test("a broken or hostile picture is kept and listed, and nothing hangs")
    func broken() throws {
        let head: [UInt8] =
            [0x89, 0x50, 0x4E, 0x47, 13, 10, 0x1A, 10, 0, 0, 0, 13] + Array("IHDR".utf8) + [
                0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 8, 2, 0, 0, 0, 1, 2, 3, 4,
            ]
        let result = try read("huge.png", head)
        #expect(result.records.count == 1 && result.problems == ["media.unreadable"])
        try ImporterConformance.check(PictureImporter(), [("post.png", png())])
    }

    @Test("heads of pictures with changed bytes end without a trap", arguments: Seeds.standard)
    func fuzz(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let good = try photograph(exif: Self.exif)
        for _ in 0..<60 {
            var bytes = Array(good.prefix(4000))
            Mutation.apply(to: &bytes, using: &generator)
            _ = ImageInfo(bytes)
            _ = CleanImage.clean(bytes)
        }
    }
}
