import AkashiAge
import AkashiTesting
import Foundation
import Testing

@Suite("age: ours and the age tool")
struct RoundTripTests {
    static let sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 1_048_577]

    private func random(_ seed: UInt64) -> RandomBytes { AkashiTesting.seededBytes(seed) }

    @Test("what was encrypted comes back, in one piece, in pieces, and from any offset", arguments: sizes)
    func roundTrip(size: Int) throws {
        var generator = SeededGenerator(seed: UInt64(size))
        let plaintext = generator.bytes(size)
        let identity = try X25519Identity(random: random(1))
        let file = try AgeEncryptor.encrypt(plaintext, to: [identity.recipient], random: random(2))
        #expect(try AgeDecryptor.decrypt(file, identities: [identity]) == plaintext)

        let reader = try AgeSeekableReader(fileByteCount: UInt64(file.count), identities: [identity]) { offset, count in
            Array(file[min(Int(offset), file.count)..<min(Int(offset) + count, file.count)])
        }
        #expect(reader.byteCount == UInt64(size))
        for _ in 0..<20 where size > 0 {
            let from = Int.random(in: 0..<size, using: &generator)
            let count = Int.random(in: 1...70_000, using: &generator)
            #expect(try reader.read(at: UInt64(from), count: count) == Array(plaintext[from..<min(size, from + count)]))
        }
    }

    @Test("the age tool opens ours, plain and armoured", arguments: sizes)
    func toolOpensOurs(size: Int) throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: UInt64(size))
        let plaintext = generator.bytes(size)
        let identity = try X25519Identity(random: random(3))
        let key = folder.url.appending(path: "key.txt")
        try Data((identity.secretText + "\n").utf8).write(to: key)
        let file = try AgeEncryptor.encrypt(plaintext, to: [identity.recipient], random: random(4))
        var armored: [UInt8] = []
        var armor = AgeArmorEncoder()
        armor.update(file, into: &armored)
        armor.finish(into: &armored)
        for bytes in [file, armored] {
            let opened = try Command.run("age", ["-d", "-i", key.path], input: bytes)
            #expect(opened.status == 0, "\(opened.errors)")
            #expect(opened.output == plaintext)
        }
    }

    @Test("ours opens the age tool's, plain and armoured", arguments: sizes)
    func oursOpensTools(size: Int) throws {
        var generator = SeededGenerator(seed: UInt64(size))
        let plaintext = generator.bytes(size)
        let identity = try X25519Identity(random: random(5))
        for flags in [[], ["-a"]] {
            let made = try Command.run("age", ["-r", "\(identity.recipient)"] + flags, input: plaintext)
            #expect(made.status == 0, "\(made.errors)")
            var file = made.output
            if AgeArmor.isArmored(file) {
                var decoder = AgeArmorDecoder()
                var inner: [UInt8] = []
                try decoder.update(file, into: &inner)
                try decoder.finish(into: &inner)
                file = inner
            }
            #expect(try AgeDecryptor.decrypt(file, identities: [identity]) == plaintext)
        }
    }

    @Test("a passphrase opens, a wrong one does not match")
    func passphrase() throws {
        let file = try AgeEncryptor.encrypt(
            Array("証".utf8), to: [ScryptRecipient(passphrase: "つむぎ", workFactor: 10)], random: random(6))
        #expect(try AgeDecryptor.decrypt(file, identities: [ScryptIdentity(passphrase: "つむぎ")]) == Array("証".utf8))
        #expect(throws: AgeError.noMatch) {
            try AgeDecryptor.decrypt(file, identities: [ScryptIdentity(passphrase: "つむき")])
        }
    }

    @Test("any flipped bit and any cut is noticed", arguments: Seeds.standard)
    func anyChangeIsNoticed(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let plaintext = generator.bytes(Int.random(in: 0...140_000, using: &generator))
        let identity = try X25519Identity(random: random(seed))
        let file = try AgeEncryptor.encrypt(plaintext, to: [identity.recipient], random: random(seed + 100))
        for _ in 0..<8 {
            var changed = file
            let at = Int.random(in: 0..<file.count, using: &generator)
            changed[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            #expect(throws: AgeError.self) { try AgeDecryptor.decrypt(changed, identities: [identity]) }
            let cut = Array(file.prefix(Int.random(in: 0..<file.count, using: &generator)))
            #expect(throws: AgeError.self) { try AgeDecryptor.decrypt(cut, identities: [identity]) }
        }
    }

    @Test("any bytes at all are refused without a trap", arguments: Seeds.standard)
    func fuzz(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let identity = try X25519Identity(random: random(1))
        let seedFile = try AgeEncryptor.encrypt([1, 2, 3], to: [identity.recipient], random: random(2))
        for _ in 0..<200 {
            var bytes = Bool.random(using: &generator) ? seedFile : generator.bytes(Int.random(in: 0...300, using: &generator))
            Mutation.apply(to: &bytes, using: &generator)
            _ = try? AgeDecryptor.decrypt(bytes, identities: [identity, ScryptIdentity(passphrase: "x")])
            var decoder = AgeArmorDecoder()
            var output: [UInt8] = []
            try? decoder.update(bytes, into: &output)
        }
    }

    @Test("a mistyped key is refused")
    func mistypedKey() throws {
        let identity = try X25519Identity(random: random(9))
        var text = Array(identity.secretText)
        #expect(try X25519Identity(String(text)).secretText == identity.secretText)
        text[30] = text[30] == "Q" ? "P" : "Q"
        #expect(throws: AgeError.self) { try X25519Identity(String(text)) }
    }
}
