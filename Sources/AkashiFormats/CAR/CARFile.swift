/// A CAR v1 file (https://ipld.io/specs/transport/car/carv1/): blocks of data, each under the hash of its bytes.
public struct CARFile: Sendable {
    /// One block.
    public struct Block: Sendable {
        /// The bytes of its CID.
        public let cid: [UInt8]
        /// Where its data begin in the file.
        public let offset: Int
        /// Its data.
        public let data: ArraySlice<UInt8>

        /// The SHA-256 that the CID names; nil if it names another kind of hash.
        public var sha256: ArraySlice<UInt8>? {
            cid.count == 36 && cid[0] == 1 && cid[2] == 0x12 && cid[3] == 0x20 ? cid[4...] : nil
        }
    }

    /// The CIDs of the roots.
    public let roots: [[UInt8]]
    /// The blocks, in order.
    public let blocks: [Block]
    /// The place where the file stops making sense; nil if it is whole.
    public let brokenAt: Int?

    /// Whether some bytes begin like one.
    public static func isCAR(_ head: [UInt8]) -> Bool {
        guard let (length, count) = varint(head, 0), length < 1_000, head.count > count else { return false }
        let text = String(decoding: head.dropFirst(count).prefix(Int(length)).filter { $0 < 128 }, as: UTF8.self)
        return text.contains("version") && text.contains("roots")
    }

    /// Reads a file; nil if its head is none.
    public init?(_ bytes: [UInt8]) {
        guard let (length, count) = Self.varint(bytes, 0), length < 1 << 20, Int(length) + count <= bytes.count,
            let head = CBORValue(bytes[count..<count + Int(length)])
        else { return nil }
        roots = head["roots"]?.list.compactMap(\.link) ?? []
        var blocks: [Block] = []
        var place = count + Int(length)
        var broken: Int?
        while place < bytes.count {
            guard let (length, count) = Self.varint(bytes, place), length > 4, length < 1 << 30,
                place + count + Int(length) <= bytes.count, let cid = Self.cid(bytes, place + count), cid <= Int(length)
            else {
                broken = place
                break
            }
            let start = place + count
            blocks.append(
                Block(
                    cid: Array(bytes[start..<start + cid]), offset: start + cid, data: bytes[start + cid..<start + Int(length)]))
            place = start + Int(length)
        }
        self.blocks = blocks
        brokenAt = broken
    }

    /// Number of bytes of a CID: version 1, or the bare hash of version 0.
    private static func cid(_ bytes: [UInt8], _ place: Int) -> Int? {
        guard place + 2 <= bytes.count else { return nil }
        if bytes[place] == 0x12, bytes[place + 1] == 0x20 { return 34 }
        var next = place
        for _ in 0..<3 {
            guard let (_, count) = varint(bytes, next) else { return nil }
            next += count
        }
        guard let (size, count) = varint(bytes, next), size <= 128 else { return nil }
        return next + count + Int(size) - place
    }

    private static func varint(_ bytes: [UInt8], _ place: Int) -> (value: UInt64, count: Int)? {
        var value: UInt64 = 0
        for count in 0..<9 {
            guard place + count < bytes.count else { return nil }
            let byte = bytes[place + count]
            value |= UInt64(byte & 0x7f) << UInt64(7 * count)
            if byte & 0x80 == 0 { return (value, count + 1) }
        }
        return nil
    }
}
