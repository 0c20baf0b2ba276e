import AkashiAge
import AkashiTesting
import Crypto
import Foundation
import Testing

/// One file of `Vectors/`.
struct AgeVector: CustomTestStringConvertible, Sendable {
    let name: String
    let fields: [String: [String]]
    let body: [UInt8]

    var testDescription: String { name }
    var expected: String { fields["expect"]?.first ?? "" }
    var isArmored: Bool { fields["armored"] != nil }
    var isCompressed: Bool { fields["compressed"] != nil }

    var identities: [any AgeIdentity] {
        get throws {
            try (fields["identity"] ?? []).map { try X25519Identity($0) as any AgeIdentity }
                + (fields["passphrase"] ?? []).map { ScryptIdentity(passphrase: $0) }
        }
    }

    static let all: [AgeVector] = {
        let folder = ProjectFolder.root.appending(path: "Tests/AkashiAgeTests/Vectors")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { !$0.contains("hybrid") }.compactMap { name in
            guard let data = try? Data(contentsOf: folder.appending(path: name)),
                let split = data.firstRange(of: Data("\n\n".utf8))
            else { return nil }
            var fields: [String: [String]] = [:]
            for line in String(decoding: data[..<split.lowerBound], as: UTF8.self).split(separator: "\n") {
                let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
                fields[parts[0], default: []].append(parts.count > 1 ? parts[1] : "")
            }
            return AgeVector(name: name, fields: fields, body: Array(data[split.upperBound...]))
        }
    }()
}

@Suite("age vectors made by others")
struct VectorTests {
    @Test("every vector that needs no post-quantum recipient is there")
    func vectorsAreThere() {
        #expect(AgeVector.all.count >= 120)
    }

    @Test("each vector succeeds, or fails in the way it names, and gives out only the bytes it allows", arguments: AgeVector.all)
    func agrees(vector: AgeVector) throws {
        let file = vector.isCompressed ? try inflate(vector.body) : vector.body
        // In one piece, and cut into pieces of odd sizes: the outcome must be the same.
        for size in [file.count + 1, 1009, 65_552] {
            let (outcome, plaintext) = try decrypt(file, vector, pieceSize: size)
            #expect(outcome == vector.expected, "pieces of \(size)")
            if let hash = vector.fields["payload"]?.first {
                let digest = SHA256.hash(data: plaintext).map { String(format: "%02x", $0) }.joined()
                #expect(digest == hash, "pieces of \(size)")
            } else {
                #expect(plaintext.isEmpty)
            }
        }
    }

    private func decrypt(_ file: [UInt8], _ vector: AgeVector, pieceSize: Int) throws -> (String, [UInt8]) {
        var plaintext: [UInt8] = []
        do {
            var armor = AgeArmorDecoder()
            var decryptor = AgeDecryptor(identities: try vector.identities)
            for start in stride(from: 0, to: file.count, by: pieceSize) {
                let piece = file[start..<min(start + pieceSize, file.count)]
                var inner: [UInt8] = []
                var armorError: AgeError?
                if vector.isArmored {
                    do { try armor.update(piece, into: &inner) } catch { armorError = error }
                } else {
                    inner = Array(piece)
                }
                if let armorError { throw armorError }
                try decryptor.update(inner, into: &plaintext)
            }
            if vector.isArmored {
                var inner: [UInt8] = []
                try armor.finish(into: &inner)
                try decryptor.update(inner, into: &plaintext)
            }
            try decryptor.finish(into: &plaintext)
            return ("success", plaintext)
        } catch let error as AgeError {
            switch error {
            case .header: return ("header failure", plaintext)
            case .headerMAC: return ("HMAC failure", plaintext)
            case .noMatch: return ("no match", plaintext)
            case .armor: return ("armor failure", plaintext)
            case .payload: return ("payload failure", plaintext)
            case .key: return ("key failure", plaintext)
            }
        }
    }

    private func inflate(_ bytes: [UInt8]) throws -> [UInt8] {
        let result = try Command.run(
            "python3", ["-c", "import sys,zlib;sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))"],
            input: bytes)
        try #require(result.status == 0)
        return result.output
    }
}
