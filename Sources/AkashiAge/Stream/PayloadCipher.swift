import Crypto
import Dispatch
import Foundation
import Synchronization

/// STREAM: the content in chunks of 64 KiB, each sealed with ChaCha20-Poly1305 under a counter and a flag for the
/// last one, so that chunks cannot be changed, moved, dropped or added (age.md, "Payload").
struct PayloadCipher: Sendable {
    static let chunkByteCount = 64 * 1024
    static let tagByteCount = 16
    static let nonceByteCount = 16
    static let sealedChunkByteCount = chunkByteCount + tagByteCount

    private let key: SymmetricKey

    init(fileKey: [UInt8], nonce: [UInt8]) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: fileKey), salt: nonce, info: Array("payload".utf8), outputByteCount: 32)
    }

    /// One chunk, sealed, its tag at the end; nil only if the cipher itself fails.
    func seal(_ plaintext: UnsafeRawBufferPointer, counter: UInt64, isLast: Bool) -> Data? {
        do {
            // `combined` is nonce, ciphertext, tag: what follows the nonce is what age stores.
            return try ChaChaPoly.seal(plaintext, using: key, nonce: nonce(counter, isLast)).combined.dropFirst(12)
        } catch {
            return nil
        }
    }

    /// Opens one sealed chunk; nil if it is not authentic.
    func open(_ sealed: UnsafeRawBufferPointer, counter: UInt64, isLast: Bool) -> Data? {
        guard sealed.count >= Self.tagByteCount else { return nil }
        do {
            let box = try ChaChaPoly.SealedBox(
                nonce: nonce(counter, isLast),
                ciphertext: UnsafeRawBufferPointer(rebasing: sealed.dropLast(Self.tagByteCount)),
                tag: UnsafeRawBufferPointer(rebasing: sealed.suffix(Self.tagByteCount)))
            return try ChaChaPoly.open(box, using: key)
        } catch {
            return nil
        }
    }

    private func nonce(_ counter: UInt64, _ isLast: Bool) throws -> ChaChaPoly.Nonce {
        var bytes = [UInt8](repeating: 0, count: 12)
        for index in 0..<8 { bytes[10 - index] = UInt8(truncatingIfNeeded: counter >> (8 * UInt64(index))) }
        bytes[11] = isLast ? 1 : 0
        return try ChaChaPoly.Nonce(data: bytes)
    }

    /// The results of `work` for 0..<count, worked out on all cores if there is enough to do.
    static func map(_ count: Int, _ work: @Sendable (Int) -> Data?) -> [Data?] {
        if count < 4 { return (0..<count).map(work) }
        let results = Mutex([Data?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result = work(index)
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0 }
    }
}
