/// A picture without what its camera, telephone or program wrote into it: place, time, device, names, previews.
public enum CleanImage {
    /// The same picture; nil for formats that cannot be cleaned piece by piece.
    public static func clean(_ bytes: [UInt8]) -> [UInt8]? {
        guard let info = ImageInfo(bytes) else { return nil }
        switch info.format {
        case .png: return png(bytes)
        case .jpeg: return jpeg(bytes, orientation: info.exif?.orientation ?? 1)
        case .webp: return webp(bytes)
        case .gif: return bytes
        case .heic: return nil
        }
    }

    private static let pngKept: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT",
    ]

    private static func png(_ bytes: [UInt8]) -> [UInt8] {
        bytes.prefix(8) + PNGChunks(bytes).filter { pngKept.contains($0.type) }.flatMap(\.whole)
    }

    private static func jpeg(_ bytes: [UInt8], orientation: Int) -> [UInt8] {
        var result: [UInt8] = [0xFF, 0xD8]
        // How to turn it is part of the picture: an EXIF part with nothing else in it.
        if (2...8).contains(orientation) {
            let exif: [UInt8] =
                Array("Exif\0\0".utf8) + [
                    0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation), 0, 0, 0, 0, 0, 0,
                ]
            result += [0xFF, 0xE1, UInt8((exif.count + 2) >> 8), UInt8((exif.count + 2) & 0xFF)] + exif
        }
        for segment in JPEGSegments(bytes) {
            let isApplication = (0xE0...0xEF).contains(segment.marker)
            let isColour = segment.marker == 0xE2 && segment.data.starts(with: Array("ICC_PROFILE".utf8))
            if segment.marker == 0xFE || isApplication && segment.marker != 0xE0 && segment.marker != 0xEE && !isColour {
                continue
            }
            // A JFIF part may hold a preview; the picture needs none of it beyond its first 14 bytes.
            if segment.marker == 0xE0, !segment.data.starts(with: Array("JFIF\0".utf8)) { continue }
            result += segment.marker == 0xDA ? picture(segment.whole) : Array(segment.whole)
        }
        return result
    }

    /// Up to the end of the picture: some telephones put films and further pictures behind it.
    private static func picture(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var index = bytes.startIndex + 2
        while index + 1 < bytes.endIndex {
            if bytes[index] == 0xFF, bytes[index + 1] == 0xD9 { return Array(bytes[...(index + 1)]) }
            index += 1
        }
        return Array(bytes)
    }

    private static func webp(_ bytes: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        for chunk in RIFFChunks(bytes) where chunk.type != "EXIF" && chunk.type != "XMP " {
            var whole = Array(chunk.whole)
            if chunk.type == "VP8X", whole.count > 8 { whole[8] &= ~0x0C }
            body += whole
        }
        let size = body.count + 4
        return Array("RIFF".utf8) + (0..<4).map { UInt8(size >> (8 * $0) & 0xFF) } + Array("WEBP".utf8) + body
    }
}
