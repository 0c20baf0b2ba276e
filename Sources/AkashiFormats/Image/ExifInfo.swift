/// What a camera wrote into a picture (CIPA DC-008, Exif 2.32). The place itself is never taken out: only that there is one.
public struct ExifInfo: Equatable, Sendable {
    /// `2026:11:14 21:05:33`: when it says it was taken; nil if it does not.
    public var takenAt: String?
    /// `+09:00`: the zone of `takenAt`; nil if it does not say.
    public var offset: String?
    /// Whether a place is in it.
    public var hasLocation = false
    /// 1…8: how it is to be turned; 1 if it does not say.
    public var orientation = 1
    /// Whether the camera or telephone is named.
    public var hasDevice = false

    private static let maximumEntries = 500

    /// Reads a TIFF structure; nil if it is none.
    public init?(_ slice: ArraySlice<UInt8>) {
        let bytes = Array(slice)
        guard bytes.count > 8 else { return nil }
        let isLittle = bytes[0] == 0x49 && bytes[1] == 0x49
        guard isLittle || bytes[0] == 0x4D && bytes[1] == 0x4D else { return nil }
        let reader = TIFFReader(bytes: bytes, isLittle: isLittle)
        guard reader.number(at: 2, size: 2) == 42, let first = reader.number(at: 4, size: 4) else { return nil }
        var folders = [first]
        var seen: Set<Int> = []
        var count = 0
        while let folder = folders.popLast(), seen.insert(folder).inserted, let entries = reader.number(at: folder, size: 2) {
            for index in 0..<entries {
                count += 1
                guard count < Self.maximumEntries, let tag = reader.number(at: folder + 2 + index * 12, size: 2) else { return }
                let entry = folder + 2 + index * 12
                switch tag {
                case 0x112: orientation = reader.number(at: entry + 8, size: 2) ?? 1
                case 0x10F, 0x110, 0xA431, 0xA434: hasDevice = true
                case 0x8769: if let next = reader.number(at: entry + 8, size: 4) { folders.append(next) }
                case 0x8825: hasLocation = true
                case 0x9003: takenAt = reader.text(entry)
                case 0x132: takenAt = takenAt ?? reader.text(entry)
                case 0x9011: offset = reader.text(entry)
                default: break
                }
            }
        }
    }

    private struct TIFFReader {
        let bytes: [UInt8]
        let isLittle: Bool

        func number(at offset: Int, size: Int) -> Int? {
            guard offset >= 0, offset <= bytes.count - size else { return nil }
            let piece = bytes[offset..<offset + size]
            return (isLittle ? Array(piece.reversed()) : Array(piece)).reduce(0) { $0 << 8 | Int($1) }
        }

        /// An ASCII value.
        func text(_ entry: Int) -> String? {
            guard number(at: entry + 2, size: 2) == 2, let count = number(at: entry + 4, size: 4), count > 0, count < 64,
                let start = count <= 4 ? entry + 8 : number(at: entry + 8, size: 4), start >= 0, start <= bytes.count - count
            else { return nil }
            let text = String(decoding: bytes[start..<start + count].prefix { $0 != 0 }, as: UTF8.self)
            return text.isEmpty ? nil : text
        }
    }
}
