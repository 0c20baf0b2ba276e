/// What the head of a picture says of it: format, size, and what its camera wrote into it.
public struct ImageInfo: Equatable, Sendable {
    /// The formats that are told apart.
    public enum Format: String, Sendable {
        /// PNG (ISO/IEC 15948).
        case png = "image/png"
        /// JPEG (ITU-T T.81).
        case jpeg = "image/jpeg"
        /// WebP (RFC 9649).
        case webp = "image/webp"
        /// GIF 87a and 89a.
        case gif = "image/gif"
        /// HEIF with HEVC (ISO/IEC 23008-12), as telephones take photographs.
        case heic = "image/heic"
    }

    /// The format.
    public let format: Format
    /// Width in pixels as stored; nil if the head does not say it.
    public var width: Int?
    /// Height in pixels as stored.
    public var height: Int?
    /// What the camera wrote; nil if there is none of it.
    public var exif: ExifInfo?
    /// Whether there is anything in it beside the picture that could say something of its maker: EXIF, XMP, comments.
    public var hasMetadata = false

    /// Reads a picture; nil if it is none of the formats.
    public init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 13, 10, 0x1A, 10]) {
            self.init(format: .png)
            readPNG(bytes)
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self.init(format: .jpeg)
            readJPEG(bytes)
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            self.init(format: .webp)
            readWebP(bytes)
        } else if bytes.starts(with: Array("GIF8".utf8)), bytes.count > 10 {
            self.init(format: .gif)
            width = Int(bytes[6]) | Int(bytes[7]) << 8
            height = Int(bytes[8]) | Int(bytes[9]) << 8
        } else if bytes.dropFirst(4).starts(with: Array("ftyp".utf8)), Self.isHEIF(bytes) {
            self.init(format: .heic)
            // Where exactly it lies is deep in the file; that telephones write it is certain enough.
            hasMetadata = true
            exif = Self.find(Array("Exif\0\0".utf8), in: bytes).flatMap { ExifInfo(bytes[$0...]) }
        } else {
            return nil
        }
    }

    private init(format: Format) { self.format = format }

    private static func isHEIF(_ bytes: [UInt8]) -> Bool {
        let brand = String(decoding: bytes.dropFirst(8).prefix(4), as: UTF8.self)
        return ["heic", "heix", "mif1", "msf1", "hevc", "heim", "heis"].contains(brand)
    }

    private static func find(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count > mark.count else { return nil }
        return bytes.indices.dropLast(mark.count).first {
            bytes[$0] == mark[0] && bytes[$0..<$0 + mark.count].elementsEqual(mark)
        }
        .map { $0 + mark.count }
    }

    private mutating func readPNG(_ bytes: [UInt8]) {
        for chunk in PNGChunks(bytes) {
            switch chunk.type {
            case "IHDR" where chunk.data.count >= 8:
                let data = Array(chunk.data)
                width = data[0..<4].reduce(0) { $0 << 8 | Int($1) }
                height = data[4..<8].reduce(0) { $0 << 8 | Int($1) }
            case "eXIf":
                exif = ExifInfo(chunk.data)
                hasMetadata = true
            case "tEXt", "zTXt", "iTXt", "tIME": hasMetadata = true
            default: break
            }
        }
    }

    private mutating func readJPEG(_ bytes: [UInt8]) {
        for segment in JPEGSegments(bytes) {
            switch segment.marker {
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                let data = Array(segment.data)
                if data.count >= 5 {
                    height = Int(data[1]) << 8 | Int(data[2])
                    width = Int(data[3]) << 8 | Int(data[4])
                }
            case 0xE1:
                hasMetadata = true
                if segment.data.starts(with: Array("Exif\0\0".utf8)) { exif = ExifInfo(segment.data.dropFirst(6)) }
            case 0xFE, 0xED: hasMetadata = true
            default: break
            }
        }
    }

    private mutating func readWebP(_ bytes: [UInt8]) {
        for chunk in RIFFChunks(bytes) {
            let data = Array(chunk.data.prefix(10))
            switch chunk.type {
            case "VP8X" where data.count == 10:
                width = 1 + (Int(data[4]) | Int(data[5]) << 8 | Int(data[6]) << 16)
                height = 1 + (Int(data[7]) | Int(data[8]) << 8 | Int(data[9]) << 16)
            case "VP8 " where data.count == 10 && width == nil:
                width = (Int(data[6]) | Int(data[7]) << 8) & 0x3FFF
                height = (Int(data[8]) | Int(data[9]) << 8) & 0x3FFF
            case "VP8L" where data.count >= 5 && width == nil:
                let bits = Int(data[1]) | Int(data[2]) << 8 | Int(data[3]) << 16 | Int(data[4]) << 24
                width = 1 + bits & 0x3FFF
                height = 1 + bits >> 14 & 0x3FFF
            case "EXIF":
                hasMetadata = true
                exif = ExifInfo(chunk.data.starts(with: Array("Exif\0\0".utf8)) ? chunk.data.dropFirst(6) : chunk.data)
            case "XMP ": hasMetadata = true
            default: break
            }
        }
    }
}
