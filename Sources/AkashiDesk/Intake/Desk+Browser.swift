import AkashiFormats
import AkashiIntake
import AkashiModel
import AkashiVault
import Foundation

/// What her own browser sent: the page that she was looking at.
public struct BrowserPage: Sendable {
    /// What the extension says of it: address, title, times, sizes. JSON.
    public let about: [UInt8]
    /// The document, MHTML or HTML.
    public let document: [UInt8]
    /// Whether the document is MHTML.
    public let isMHTML: Bool
    /// A picture of the whole page, PNG.
    public let picture: [UInt8]?

    /// Takes the parts.
    public init(about: [UInt8], document: [UInt8], isMHTML: Bool, picture: [UInt8]?) {
        self.about = about
        self.document = document
        self.isMHTML = isMHTML
        self.picture = picture
    }
}

extension Desk {
    /// Seals what her browser sent, as one file, and reads it. It is marked as having come through her own session.
    public func add(_ page: BrowserPage) throws -> AddReport {
        var files: [(path: String, bytes: [UInt8])] = [
            (SavedPageNames.about, page.about), (page.isMHTML ? "page.mhtml" : "page.html", page.document),
        ]
        if let picture = page.picture { files.append(("full-page.png", picture)) }
        let bytes = try ZipWriter.zip(files, isStored: true)
        let digits = environment.vault.now().utcText.filter { $0.isNumber }.prefix(14)
        let source = SourceDescription(way: .browser, path: "browser-page-\(digits).zip")
        return try add(items: [IntakeItem(source: source) { MemoryBytes(bytes).stream() }])
    }
}
