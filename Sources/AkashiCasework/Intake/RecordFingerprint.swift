import AkashiIntake
import AkashiModel
import Crypto

/// Tells whether two readings of the same thing say the same.
enum RecordFingerprint {
    /// 32 hexadecimal digits over what matters as evidence: what, who, when, which words, which files.
    ///
    /// Counts, reactions and names at the time of export change from export to export without anything having happened,
    /// and a shown name is what the exporter calls somebody: they are left out.
    static func of(_ record: ParsedRecord) -> String {
        var hasher = SHA256()
        func feed(_ text: String?) {
            // Bytes, never String equality, which takes か+゙ for が. The length keeps neighbours apart.
            let bytes = Array((text ?? "\u{0}").utf8)
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hasher.update(bufferPointer: $0) }
            hasher.update(data: bytes)
        }
        feed(record.kind.name)
        feed(record.account.flatMap { $0.key.form == .name ? nil : $0.key.description })
        feed(record.claimedTime?.instant.utcText)
        // Some forms of the same export drop the line ends at the end of a message.
        let lineEnds: Set<Unicode.Scalar> = ["\n", "\r"]
        feed(
            record.text.map { text in
                var scalars = text.unicodeScalars[...]
                while let last = scalars.last, lineEnds.contains(last) { scalars.removeLast() }
                return String(scalars)
            })
        // An order that is cancelled later says something else than before.
        if let status = record.details["status"] { feed(status) }
        for attachment in record.attachments { feed(attachment.name) }
        return String(Hex.encode(hasher.finalize()).prefix(32))
    }
}
