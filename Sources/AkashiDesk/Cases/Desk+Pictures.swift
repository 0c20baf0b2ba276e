import AkashiCasework
import AkashiFormats
import AkashiIntake
import AkashiMedia
public import AkashiModel
import AkashiVault

extension Desk {
    /// A record's picture, made anew from its pixels: no script, no camera's notes, no hidden part comes along.
    ///
    /// - Parameter number: of the attachment, from 0.
    /// - Throws: ``MediaProblem`` if it cannot be shown. The original is kept as it is.
    public func picture(_ number: Int, of position: LogPosition, width: Int) throws -> [UInt8] {
        let record: ParsedRecord = try decodeRecord(at: position)
        guard record.attachments.indices.contains(number), let place = record.attachments[number].locator else {
            throw MediaProblem.unreadable
        }
        let bytes = try SourceReader(vault).bytes(at: place)
        guard let info = ImageInfo(bytes), (info.width ?? 0) * (info.height ?? 0) <= PixelCopy.maximumPixelCount else {
            throw MediaProblem.unreadable
        }
        switch info.format {
        case .heic: return try PixelCopy.jpeg(HEIC.png(bytes), format: "PNG", width: width)
        case .png: return try PixelCopy.jpeg(bytes, format: "PNG", width: width)
        case .jpeg: return try PixelCopy.jpeg(bytes, format: "JPEG", width: width)
        case .webp: return try PixelCopy.jpeg(bytes, format: "WEBP", width: width)
        case .gif: return try PixelCopy.jpeg(bytes, format: "GIF", width: width)
        }
    }

    /// Which attachments of a record are pictures that can be shown, by their numbers.
    public func pictureNumbers(of position: LogPosition) throws -> [Int] {
        let record: ParsedRecord = try decodeRecord(at: position)
        return record.attachments.indices.filter { number in
            guard let place = record.attachments[number].locator else { return false }
            let name = record.attachments[number].name.lowercased()
            return record.kind == .picture
                || ["png", "jpg", "jpeg", "gif", "webp", "heic"].contains { name.hasSuffix($0) }
                    && place.length > 0
        }
    }

    private func decodeRecord(at position: LogPosition) throws -> ParsedRecord {
        guard let envelope = try vault.entry(at: position).envelope, envelope.kind == .record else {
            throw CaseworkError(.unknownRecord, ["index": "\(position)"])
        }
        return try envelope.decode(ParsedRecord.self)
    }
}
