/// Encrypts a stream of bytes in constant memory: `start`, any number of `update`, `finish`.
public struct AgeEncryptor {
    private let cipher: PayloadCipher
    private let head: [UInt8]
    private var pending: [UInt8] = []
    private var counter: UInt64 = 0

    /// Makes a new file key and wraps it for each recipient.
    ///
    /// - Throws: ``AgeError/key(_:)`` if there is no recipient, a passphrase is not alone, or one cannot be encrypted to.
    public init(to recipients: [any AgeRecipient], random: RandomBytes) throws(AgeError) {
        guard !recipients.isEmpty else { throw .key("no recipient") }
        guard recipients.count == 1 || !recipients.contains(where: \.mustBeAlone) else {
            throw .key("a passphrase must be the only recipient")
        }
        let fileKey = random(fileKeyByteCount)
        var stanzas: [Stanza] = []
        for recipient in recipients { stanzas += try recipient.wrap(fileKey: fileKey, random: random).map(\.stanza) }
        let nonce = random(PayloadCipher.nonceByteCount)
        head = AgeHeader.encode(stanzas, fileKey: fileKey) + nonce
        cipher = PayloadCipher(fileKey: fileKey, nonce: nonce)
    }

    /// The header: what stands before the content.
    public func start(into output: inout [UInt8]) { output += head }

    /// Takes plaintext, appends what is ready of the encrypted file.
    public mutating func update(_ bytes: some Collection<UInt8>, into output: inout [UInt8]) throws(AgeError) {
        pending += bytes
        // One chunk stays behind, because the last one is sealed differently and may be full.
        let ready = (pending.count - 1) / PayloadCipher.chunkByteCount
        guard ready > 0 else { return }
        try seal(chunks: ready, isLast: false, into: &output)
        pending.removeFirst(ready * PayloadCipher.chunkByteCount)
    }

    /// Seals what is left as the last chunk.
    public mutating func finish(into output: inout [UInt8]) throws(AgeError) {
        try seal(chunks: 1, isLast: true, into: &output)
        pending = []
    }

    private mutating func seal(chunks: Int, isLast: Bool, into output: inout [UInt8]) throws(AgeError) {
        let size = PayloadCipher.chunkByteCount
        let firstCounter = counter
        counter += UInt64(chunks)
        let sealed = PayloadCipher.map(chunks) { [cipher, pending] index in
            pending.withUnsafeBytes { plain in
                let region = plain[index * size..<(isLast ? plain.count : (index + 1) * size)]
                return cipher.seal(
                    UnsafeRawBufferPointer(rebasing: region), counter: firstCounter + UInt64(index), isLast: isLast)
            }
        }
        for chunk in sealed {
            guard let chunk else { throw .payload("a chunk could not be sealed") }
            output += chunk
        }
    }

    /// Encrypts bytes that are in memory.
    public static func encrypt(
        _ bytes: some Collection<UInt8>, to recipients: [any AgeRecipient], random: RandomBytes
    ) throws(AgeError) -> [UInt8] {
        var encryptor = try AgeEncryptor(to: recipients, random: random)
        var output: [UInt8] = []
        encryptor.start(into: &output)
        try encryptor.update(bytes, into: &output)
        try encryptor.finish(into: &output)
        return output
    }
}
