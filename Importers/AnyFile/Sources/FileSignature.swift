/// What a file is, told from its first bytes and never from its name.
enum FileSignature {
    private static let signatures: [(offset: Int, bytes: [UInt8], type: String)] = [
        (0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], "image/png"),
        (0, [0xff, 0xd8, 0xff], "image/jpeg"),
        (0, Array("GIF8".utf8), "image/gif"),
        (8, Array("WEBP".utf8), "image/webp"),
        (4, Array("ftypheic".utf8), "image/heic"),
        (4, Array("ftypheix".utf8), "image/heic"),
        (4, Array("ftypmif1".utf8), "image/heic"),
        (4, Array("ftypM4A".utf8), "audio/mp4"),
        (4, Array("ftyp".utf8), "video/mp4"),
        (0, Array("%PDF-".utf8), "application/pdf"),
        (0, [0x50, 0x4b, 3, 4], "application/zip"),
        (0, [0x1f, 0x8b], "application/gzip"),
        (0, Array("ID3".utf8), "audio/mpeg"),
        (8, Array("WAVE".utf8), "audio/wav"),
        (0, Array("OggS".utf8), "application/ogg"),
        (0, [0xd0, 0xcf, 0x11, 0xe0], "application/x-ole-storage"),
    ]

    /// An IANA media type; nil if the beginning is none of those known.
    static func mediaType(of head: [UInt8]) -> String? {
        signatures.first { signature in
            head.count >= signature.offset + signature.bytes.count
                && head[signature.offset..<signature.offset + signature.bytes.count].elementsEqual(signature.bytes)
        }?.type
    }
}
