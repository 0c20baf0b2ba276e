/// Reads the letters in a picture with Tesseract, Japanese and Latin.
public enum TextRecognition {
    /// Seconds of processor time for one picture at the most.
    static let seconds = 90

    /// The words; empty if there are none. A guess of a program, never a quotation.
    public static func text(in picture: [UInt8]) throws(MediaProblem) -> String {
        let output = try OutsideProgram.run(
            "tesseract", ["stdin", "stdout", "-l", "jpn", "--psm", "3", "-c", "preserve_interword_spaces=1"], input: picture,
            seconds: seconds)
        return tidy(String(decoding: output, as: UTF8.self))
    }

    /// The name and version of the program, for the record of how a text was read; nil if it is not installed.
    public static let program: String? = {
        guard let output = try? OutsideProgram.run("tesseract", ["--version"], input: [], seconds: 10) else { return nil }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").first.map { String($0) + " jpn" }
    }()

    /// Tesseract puts blanks between Japanese letters, and lines of nothing but blanks.
    static func tidy(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let scalars = Array(line.unicodeScalars)
            var kept = String.UnicodeScalarView()
            for (index, scalar) in scalars.enumerated() {
                if scalar == " " || scalar == "\u{c}" || scalar == "\t" {
                    guard scalar != "\u{c}", let last = kept.last, last != " ",
                        let next = scalars[index...].first(where: { $0 != " " })
                    else { continue }
                    if isJapanese(last) || isJapanese(next) { continue }
                }
                kept.append(scalar)
            }
            while kept.last == " " { kept.removeLast() }
            let line = String(kept)
            if line.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static func isJapanese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3000...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
