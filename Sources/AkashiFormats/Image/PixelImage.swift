import CPNG
import Foundation

/// The pixels of a picture: four bytes each, red, green, blue and how opaque.
public struct PixelImage: Sendable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    private let bytes: [UInt8]

    /// Pixels that are read at most.
    public static let maximumPixels = 80_000_000

    /// A picture without a pixel.
    public static let blank = PixelImage()

    private init() { (width, height, bytes) = (0, 0, []) }

    /// Reads a PNG; nil if it is none, is damaged or is too large.
    public init?(png: [UInt8]) {
        // libpng keeps the place of the bytes between the two steps.
        let read = png.withUnsafeBytes { source -> (Int, Int, [UInt8])? in
            var image = png_image()
            image.version = UInt32(PNG_IMAGE_VERSION)
            defer { png_image_free(&image) }
            guard png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0,
                Int(image.width) * Int(image.height) <= Self.maximumPixels
            else { return nil }
            image.format = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
            let count = Int(image.width) * Int(image.height) * 4
            var pixels = [UInt8](repeating: 0, count: count)
            let done = pixels.withUnsafeMutableBytes { png_image_finish_read(&image, nil, $0.baseAddress, 0, nil) }
            return done == 0 ? nil : (Int(image.width), Int(image.height), pixels)
        }
        guard let read else { return nil }
        (width, height, bytes) = read
    }

    /// The pixels of a row, from the left, that are not the same in both; all of them where one has no such row.
    public func differing(_ other: PixelImage, row y: Int, width: Int) -> [Int] {
        guard y < height, y < other.height else { return Array(0..<width) }
        return bytes.withUnsafeBytes { one in
            other.bytes.withUnsafeBytes { two in
                let left = UnsafeRawBufferPointer(rebasing: one[y * self.width * 4..<(y + 1) * self.width * 4])
                let right = UnsafeRawBufferPointer(rebasing: two[y * other.width * 4..<(y + 1) * other.width * 4])
                if left.count == right.count, let one = left.baseAddress, let two = right.baseAddress,
                    memcmp(one, two, left.count) == 0
                {
                    return []
                }
                let shared = min(self.width, other.width)
                return (0..<width).filter { x in
                    x >= shared
                        || left.loadUnaligned(fromByteOffset: x * 4, as: UInt32.self)
                            != right.loadUnaligned(fromByteOffset: x * 4, as: UInt32.self)
                }
            }
        }
    }

    /// A grey picture as PNG.
    ///
    /// - Parameter grey: one byte for each pixel.
    public static func png(grey: [UInt8], width: Int, height: Int) -> [UInt8]? {
        guard width > 0, height > 0, grey.count == width * height else { return nil }
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        image.width = UInt32(width)
        image.height = UInt32(height)
        image.format = 0
        var count = 0
        guard png_image_write_to_memory(&image, nil, &count, 0, grey, 0, nil) != 0 else { return nil }
        var output = [UInt8](repeating: 0, count: count)
        let done = output.withUnsafeMutableBytes { png_image_write_to_memory(&image, $0.baseAddress, &count, 0, grey, 0, nil) }
        return done == 0 ? nil : Array(output.prefix(count))
    }
}
