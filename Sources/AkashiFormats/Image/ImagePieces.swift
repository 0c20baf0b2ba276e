/// The chunks of a PNG file, as far as they are whole.
struct PNGChunks: Sequence {
    struct Chunk {
        let type: String
        let data: ArraySlice<UInt8>
        /// The whole chunk with its length and checksum.
        let whole: ArraySlice<UInt8>
    }

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func makeIterator() -> AnyIterator<Chunk> {
        var position = 8
        return AnyIterator {
            guard position + 12 <= bytes.count else { return nil }
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = position + 12 + length
            guard end <= bytes.count else { return nil }
            let chunk = Chunk(
                type: String(decoding: bytes[position + 4..<position + 8], as: UTF8.self), data: bytes[position + 8..<end - 4],
                whole: bytes[position..<end])
            position = end
            return chunk
        }
    }
}

/// The segments of a JPEG file up to the picture itself.
struct JPEGSegments: Sequence {
    struct Segment {
        let marker: UInt8
        let data: ArraySlice<UInt8>
        /// The whole segment with its marker and length; for the start of scan, everything from there on.
        let whole: ArraySlice<UInt8>
    }

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func makeIterator() -> AnyIterator<Segment> {
        var position = 2
        var isDone = false
        return AnyIterator {
            guard !isDone else { return nil }
            while position + 1 < bytes.count, bytes[position] == 0xFF, bytes[position + 1] == 0xFF { position += 1 }
            guard position + 4 <= bytes.count, bytes[position] == 0xFF else { return nil }
            let marker = bytes[position + 1]
            if marker == 0xDA {
                isDone = true
                return Segment(marker: marker, data: [], whole: bytes[position...])
            }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            let end = position + 2 + length
            guard length >= 2, end <= bytes.count else { return nil }
            let segment = Segment(marker: marker, data: bytes[position + 4..<end], whole: bytes[position..<end])
            position = end
            return segment
        }
    }
}

/// The chunks of a RIFF file such as WebP.
struct RIFFChunks: Sequence {
    struct Chunk {
        let type: String
        let data: ArraySlice<UInt8>
        let whole: ArraySlice<UInt8>
    }

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func makeIterator() -> AnyIterator<Chunk> {
        var position = 12
        return AnyIterator {
            guard position + 8 <= bytes.count else { return nil }
            let length = (0..<4).reduce(0) { $0 | Int(bytes[position + 4 + $1]) << (8 * $1) }
            let end = position + 8 + length
            guard end <= bytes.count else { return nil }
            let padded = Swift.min(bytes.count, end + length % 2)
            let chunk = Chunk(
                type: String(decoding: bytes[position..<position + 4], as: UTF8.self), data: bytes[position + 8..<end],
                whole: bytes[position..<padded])
            position = padded
            return chunk
        }
    }
}
