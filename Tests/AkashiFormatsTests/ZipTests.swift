import AkashiFormats
import AkashiTesting
import Foundation
import Testing

/// A zip archive written byte by byte (APPNOTE 6.3.3 sections 4.3.7, 4.3.12, 4.3.16), so that any field can lie.
private struct RawZip {
    struct Member {
        var name: [UInt8]
        var data: [UInt8]
        var flags: UInt16 = 0
        var claimedSize: UInt32?
        /// Points at the first member's local header instead of its own.
        var isOverlapping = false
    }

    static func bytes(_ members: [Member]) -> [UInt8] {
        var local: [UInt8] = []
        var central: [UInt8] = []
        for member in members {
            let offset = member.isOverlapping ? 0 : UInt32(local.count)
            let size = member.claimedSize ?? UInt32(member.data.count)
            let common: [UInt8] =
                little(member.flags) + little(UInt16(0)) + little(UInt32(0x21_0000)) + little(crc(member.data)) + little(size)
                + little(size)
            if !member.isOverlapping {
                local +=
                    little(UInt32(0x0403_4b50)) + little(UInt16(20)) + common + little(UInt16(member.name.count))
                    + little(UInt16(0)) + member.name + member.data
            }
            central +=
                little(UInt32(0x0201_4b50)) + little(UInt16(20)) + little(UInt16(20)) + common + little(UInt16(member.name.count))
            central += [UInt8](repeating: 0, count: 12) + little(offset) + member.name
        }
        let count = little(UInt16(members.count))
        return local + central + little(UInt32(0x0605_4b50)) + [0, 0, 0, 0] + count + count + little(UInt32(central.count))
            + little(UInt32(local.count)) + [0, 0]
    }

    private static func little(_ number: UInt16) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
    private static func little(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> (8 * $0) & 0xFF) } }

    private static func crc(_ data: [UInt8]) -> UInt32 {
        var crc: UInt32 = .max
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

@Suite("zip archives")
struct ZipTests {
    private static func content(_ archive: ZipArchive, _ entry: ZipEntry) throws -> [UInt8] {
        let stream = try archive.open(entry)
        var all: [UInt8] = []
        while true {
            let piece = try stream.read(upTo: 1000)
            if piece.isEmpty { return all }
            all += piece
        }
    }

    @Test("names in the old Japanese code page are read, backslashes in second bytes included")
    func oldNames() throws {
        // 証拠\表.txt as Japanese Windows writes it: 表 is 0x95 0x5C, and 0x5C alone is a separator.
        let name: [UInt8] = [0x8F, 0xD8, 0x8B, 0x92, 0x5C, 0x95, 0x5C] + Array(".txt".utf8)
        let archive = ZipArchive(MemoryBytes(RawZip.bytes([.init(name: name, data: [65])])))
        #expect(archive.entries.map(\.path) == ["証拠/表.txt"])
        #expect(try Self.content(archive, archive.entries[0]) == [65])
    }

    @Test("names that are neither UTF-8 nor Japanese are kept as escapes, and the content is read")
    func oddNames() throws {
        let archive = ZipArchive(MemoryBytes(RawZip.bytes([.init(name: [0xFD, 0xFF, 0x41], data: [66])])))
        #expect(archive.entries.count == 1)
        #expect(archive.entries[0].path.contains("A"))
        #expect(try Self.content(archive, archive.entries[0]) == [66])
    }

    @Test("a member that needs a password is named, the others are read")
    func encrypted() throws {
        let archive = ZipArchive(
            MemoryBytes(
                RawZip.bytes([
                    .init(name: Array("secret".utf8), data: Array(repeating: 7, count: 30), flags: 1),
                    .init(name: Array("open".utf8), data: [1, 2, 3]),
                ])))
        #expect(archive.entries.map(\.refusal) == [.encrypted, nil])
        #expect(try Self.content(archive, archive.entries[1]) == [1, 2, 3])
    }

    @Test(
        "a member whose size lies is a problem of its own and nothing else is taken for it",
        arguments: [3, 11, 1_000_000] as [UInt32])
    func lyingSizes(claimed: UInt32) throws {
        let data = Array("0123456789".utf8)
        let archive = ZipArchive(
            MemoryBytes(
                RawZip.bytes([
                    .init(name: Array("lies".utf8), data: data, claimedSize: claimed), .init(name: Array("fine".utf8), data: [9]),
                ])))
        for entry in archive.entries {
            do {
                let read = try Self.content(archive, entry)
                // Stored, so the claimed size decides what belongs to it; a wrong checksum or end must not pass in silence.
                #expect(entry.path == "fine" ? read == [9] : read == data)
            } catch let problem as ZipProblem {
                #expect(entry.path == "lies" && [.damaged, .wrongSize].contains(problem))
            }
        }
    }

    @Test("members that share the same bytes cannot unpack to more than the limit")
    func overlapping() throws {
        let first = RawZip.Member(name: Array("a".utf8), data: [UInt8](repeating: 1, count: 10_000))
        let rest = (0..<200).map { number in
            RawZip.Member(name: Array("b\(number)".utf8), data: first.data, isOverlapping: true)
        }
        var limits = ZipLimits()
        limits.allowance = 50_000
        limits.maximumRatio = 1
        let archive = ZipArchive(MemoryBytes(RawZip.bytes([first] + rest)), limits: limits)
        var total = 0
        var problems: Set<ZipProblem> = []
        for entry in archive.entries where entry.refusal == nil {
            do {
                total += try Self.content(archive, entry).count
            } catch let problem as ZipProblem {
                problems.insert(problem)
            }
        }
        #expect(total <= 100_000)
        #expect(total >= 10_000 && (problems.contains(.tooLarge) || problems.contains(.damaged) || archive.entries.count < 100))
    }

    @Test("any bytes at all end without a trap, and so does any archive with changed bytes", arguments: Seeds.standard)
    func fuzz(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let good = try ZipWriter.zip([("a.txt", Array(repeating: 65, count: 300)), ("表/b.txt", [1, 2, 3])])
        for _ in 0..<40 {
            var bytes = good
            Mutation.apply(to: &bytes, using: &generator)
            let archive = ZipArchive(MemoryBytes(bytes))
            for entry in archive.entries { _ = try? Self.content(archive, entry) }
        }
    }
}
