import Foundation

/// Decrypts a stream of bytes in constant memory: any number of `update`, then `finish`.
///
/// What it appends is authentic up to there. Only when `finish` returns is it known to be the whole.
public struct AgeDecryptor {
    private let identities: [any AgeIdentity]
    private var cipher: PayloadCipher?
    private var pending: [UInt8] = []
    private var counter: UInt64 = 0
    private var hasEnded = false

    /// Takes the identities to try, in order.
    public init(identities: [any AgeIdentity]) { self.identities = identities }

    /// Takes bytes of the file, appends what could be opened.
    public mutating func update(_ bytes: some Collection<UInt8>, into output: inout [UInt8]) throws(AgeError) {
        pending += bytes
        if cipher == nil {
            guard let (cipher, byteCount) = try Self.openHeader(pending, identities: identities) else { return }
            self.cipher = cipher
            pending.removeFirst(byteCount)
        }
        let ready = pending.count / PayloadCipher.sealedChunkByteCount
        if ready > 0 {
            try open(chunks: ready, into: &output)
            pending.removeFirst(ready * PayloadCipher.sealedChunkByteCount)
        }
        guard !hasEnded || pending.isEmpty else { throw .payload("something follows the last chunk") }
    }

    /// Opens the last chunk.
    ///
    /// - Throws: ``AgeError/payload(_:)`` if the file was cut or something was appended.
    public mutating func finish(into output: inout [UInt8]) throws(AgeError) {
        guard let cipher else { throw .header("the file ends inside the header") }
        if hasEnded { return }
        guard pending.count > PayloadCipher.tagByteCount || counter == 0 else { throw .payload("the file is cut short") }
        guard let chunk = pending.withUnsafeBytes({ cipher.open($0, counter: counter, isLast: true) }) else {
            throw .payload("the last chunk is not authentic")
        }
        output += chunk
        pending = []
    }

    /// Opens full chunks. The last of a file may be full too: it is told by its flag, and nothing may follow it.
    private mutating func open(chunks: Int, into output: inout [UInt8]) throws(AgeError) {
        guard let cipher else { return }
        guard !hasEnded else { throw .payload("something follows the last chunk") }
        let size = PayloadCipher.sealedChunkByteCount
        let firstCounter = counter
        counter += UInt64(chunks)
        let opened = PayloadCipher.map(chunks) { [pending] index in
            pending.withUnsafeBytes { sealed in
                let region = UnsafeRawBufferPointer(rebasing: sealed[index * size..<(index + 1) * size])
                return cipher.open(region, counter: firstCounter + UInt64(index), isLast: false)
            }
        }
        for (index, chunk) in opened.enumerated() {
            if let chunk {
                output += chunk
                continue
            }
            let last = pending.withUnsafeBytes { sealed in
                let region = UnsafeRawBufferPointer(rebasing: sealed[index * size..<(index + 1) * size])
                return cipher.open(region, counter: firstCounter + UInt64(index), isLast: true)
            }
            guard let last else { throw .payload("a chunk is not authentic") }
            output += last
            hasEnded = true
            guard index == chunks - 1 else { throw .payload("something follows the last chunk") }
        }
    }

    /// Reads the header and nonce at the beginning of a file; nil if more bytes are needed.
    static func openHeader(
        _ bytes: [UInt8], identities: [any AgeIdentity]
    ) throws(AgeError) -> (PayloadCipher, byteCount: Int)? {
        guard let header = try AgeHeader.parse(bytes) else { return nil }
        let end = header.byteCount + PayloadCipher.nonceByteCount
        guard bytes.count >= end else { return nil }
        let stanzas = header.stanzas.map { AgeStanza(stanza: $0) }
        // A passphrase beside other recipients is malformed, whichever key is being tried.
        if stanzas.count > 1, header.stanzas.contains(where: { $0.type == ScryptRecipient.stanzaType }) {
            throw .header("a passphrase must be the only recipient")
        }
        for identity in identities {
            guard let fileKey = try identity.unwrap(stanzas) else { continue }
            guard header.isAuthentic(fileKey: fileKey) else { throw .headerMAC }
            return (PayloadCipher(fileKey: fileKey, nonce: Array(bytes[header.byteCount..<end])), end)
        }
        throw .noMatch
    }

    /// Decrypts bytes that are in memory.
    public static func decrypt(
        _ bytes: some Collection<UInt8>, identities: [any AgeIdentity]
    ) throws(AgeError) -> [UInt8] {
        var decryptor = AgeDecryptor(identities: identities)
        var output: [UInt8] = []
        try decryptor.update(bytes, into: &output)
        try decryptor.finish(into: &output)
        return output
    }
}
