import AkashiFormats
public import AkashiModel

/// The pictures of a kept page in which letters may stand: the largest ones of 200 pixels and more.
public struct PagePictures {
    private static let minimumSide = 200
    private static let maximumCount = 12

    private var files: [InnerFile] = []

    /// None yet.
    public init() {}

    /// The ones to hand on, the largest first.
    public var handedOn: [InnerFile] { Array(files.prefix(Self.maximumCount)) }

    /// Takes a picture, if it is one and large enough.
    ///
    /// - Parameter name: its name or address.
    public mutating func add(_ bytes: [UInt8], named name: String, in container: ContentDigest) {
        guard let info = ImageInfo(bytes), let width = info.width, let height = info.height, width >= Self.minimumSide,
            height >= Self.minimumSide, !files.contains(where: { $0.bytes == bytes })
        else { return }
        let last = name.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last.map(String.init) ?? "picture"
        files.append(InnerFile(name: String(last.prefix(120)), bytes: bytes, container: container))
        files.sort { $0.bytes.count > $1.bytes.count }
        if files.count > Self.maximumCount { files.removeLast() }
    }
}

extension ParsedRecord {
    /// Letters of a page that are kept in its record; the sealed file holds all of them.
    private static let maximumPageText = 200_000

    /// Takes a page's words, cut where they are very long, and says so.
    public mutating func takePageText(_ words: String) {
        let scalars = words.unicodeScalars
        guard scalars.count > Self.maximumPageText else {
            text = words
            return
        }
        text = String(String.UnicodeScalarView(scalars.prefix(Self.maximumPageText)))
        remarks.append(Remark("file.text-cut"))
    }
}
