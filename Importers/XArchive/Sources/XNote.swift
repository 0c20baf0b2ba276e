import AkashiModel

/// A long post, which the archive keeps apart from its short form.
struct XNote: Decodable {
    let id: String
    let createdAt: String?
    let text: String
    let urls: [XURLEntity]

    init(from decoder: any Decoder) throws {
        let object = try LenientObject(decoder)
        let core: Core? = object.value("core")
        guard let id = object.text("noteTweetId"), let text = core?.text else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not a long post"))
        }
        self.id = id
        self.text = text
        createdAt = object.text("createdAt")
        urls = core?.urls ?? []
    }

    static func decode(_ bytes: [UInt8]) -> XNote? { LenientJSON.decode(bytes, wrapper: "noteTweet", as: XNote.self) }

    private struct Core: Decodable {
        let text: String?
        let urls: [XURLEntity]

        init(from decoder: any Decoder) throws {
            let object = try LenientObject(decoder)
            text = object.text("text")
            urls = object.list("urls")
        }
    }
}

/// Which short form belongs to which long post. The archive does not say: told by equal second and equal beginning.
struct XNoteIndex {
    private var bySecond: [Int64: [XNote]] = [:]
    private static let prefixLength = 100

    mutating func add(_ note: XNote) {
        guard let time = note.createdAt.flatMap({ XTime.iso($0) ?? XTime.twitter($0) }) else { return }
        bySecond[time.instant.milliseconds / 1000, default: []].append(note)
    }

    /// The id of the long post whose short form this is; nil if there is none, or more than one.
    func note(for tweet: XTweet, at time: Instant) -> String? {
        guard !bySecond.isEmpty, let notes = bySecond[time.milliseconds / 1000] else { return nil }
        let head = Array(tweet.text.unicodeScalars.prefix(Self.prefixLength))
        guard head.count == Self.prefixLength else { return nil }
        let found = notes.filter { Array($0.text.unicodeScalars.prefix(Self.prefixLength)) == head }
        return found.count == 1 ? found[0].id : nil
    }
}
