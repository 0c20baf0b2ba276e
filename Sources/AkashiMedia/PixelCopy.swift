/// A picture made anew from its pixels: what else was in the file, seen or hidden, does not come along.
public enum PixelCopy {
    /// Most pixels that are decoded.
    public static let maximumPixelCount = 100_000_000

    /// A JPEG of at most `width` times four `width` pixels, never larger than the original.
    ///
    /// - Parameter format: the format's name for GraphicsMagick, so that it does not guess one.
    public static func jpeg(_ bytes: [UInt8], format: String, width: Int) throws(MediaProblem) -> [UInt8] {
        try OutsideProgram.run(
            "gm",
            [
                "convert", "-limit", "Pixels", String(maximumPixelCount), "-limit", "Threads", "1", "-auto-orient",
                "\(format):/dev/stdin[0]", "-background", "white", "-flatten", "-resize", "\(width)x\(width * 4)>", "-strip",
                "-quality", "85", "JPEG:-",
            ], input: bytes, seconds: 20)
    }
}
