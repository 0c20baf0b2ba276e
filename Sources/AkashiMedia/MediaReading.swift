import Foundation

/// A HEIC photograph as a picture that other programs read.
public enum HEIC {
    /// The photograph as PNG, without what the telephone wrote into it.
    public static func png(_ bytes: [UInt8]) throws(MediaProblem) -> [UInt8] {
        // heif-convert tells the format from the name of a file, so it needs one; /dev/shm is memory.
        let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        var template = Array("\(base)/akashi-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .unreadable }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try OutsideProgram.run("heif-convert", ["--quiet", "/dev/stdin", folder + "/picture.png"], input: bytes, seconds: 60)
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        guard let name = names.first, let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
            throw .unreadable
        }
        return Array(data)
    }
}

/// Reads PDF with poppler.
public enum PDFReading {
    /// The words of each page; a page that is a picture has none.
    public static func pages(_ bytes: [UInt8]) throws(MediaProblem) -> [String] {
        let output = try OutsideProgram.run("pdftotext", ["-enc", "UTF-8", "/dev/stdin", "-"], input: bytes, seconds: 60)
        var pages = String(decoding: output, as: UTF8.self).split(separator: "\u{c}", omittingEmptySubsequences: false).map(
            String.init)
        if pages.last?.allSatisfy(\.isWhitespace) == true { pages.removeLast() }
        return pages
    }

    /// What the file says of itself, by poppler's English names such as `CreationDate` and `Pages`.
    public static func information(_ bytes: [UInt8]) throws(MediaProblem) -> [String: String] {
        let output = try OutsideProgram.run("pdfinfo", ["-isodates", "/dev/stdin"], input: bytes, seconds: 30)
        var information: [String: String] = [:]
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            information[String(line[..<colon])] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        return information
    }

    /// A page as PNG, pages counted from 1.
    public static func picture(of page: Int, in bytes: [UInt8], dotsPerInch: Int = 200) throws(MediaProblem) -> [UInt8] {
        try OutsideProgram.run(
            "pdftoppm", ["-png", "-r", String(dotsPerInch), "-f", String(page), "-l", String(page), "/dev/stdin"], input: bytes,
            seconds: 60)
    }
}

/// Reads what films and recordings say of themselves with MediaInfo.
public struct MediaInformation: Equatable, Sendable {
    /// `MPEG-4`, `Matroska`, `Wave` and so on.
    public let format: String
    /// Length in seconds; nil if it does not say.
    public let duration: Double?
    /// `2026-11-14 12:05:33 UTC` or the like, as it is written; nil if it does not say.
    public let recordedAt: String?
    /// Whether it has pictures.
    public let isFilm: Bool
    /// Whether a place is in it.
    public let hasLocation: Bool

    private struct Report: Decodable {
        struct Media: Decodable { let track: [[String: Value]]? }
        let media: Media?
    }

    /// Everything but text is passed over.
    private struct Value: Decodable {
        let text: String?
        init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }

    /// Nil for a file that is neither film nor recording.
    public init?(_ bytes: [UInt8]) throws(MediaProblem) {
        let output = try OutsideProgram.run("mediainfo", ["--Output=JSON", "/dev/stdin"], input: bytes, seconds: 60)
        guard let tracks = try? JSONDecoder().decode(Report.self, from: Data(output)).media?.track,
            let general = tracks.first(where: { $0["@type"]?.text == "General" }), let format = general["Format"]?.text,
            tracks.contains(where: { ["Video", "Audio"].contains($0["@type"]?.text) })
        else { return nil }
        self.format = format
        duration = general["Duration"]?.text.flatMap(Double.init)
        recordedAt = ["Recorded_Date", "Encoded_Date", "Tagged_Date"].lazy.compactMap { general[$0]?.text }.first
        isFilm = tracks.contains { $0["@type"]?.text == "Video" }
        hasLocation = general.keys.contains { $0.contains("Recorded_Location") || $0.contains("xyz") || $0.contains("location") }
    }
}
