import AkashiIntake

/// A chat, without its messages.
struct Chat {
    /// Numbers of people, groups and channels are counted each for themselves.
    let type: String
    let id: String
    let name: String?

    init(type: String?, id: FlexibleText?, name: String?) {
        self.type = type ?? "chat"
        self.id = id?.text ?? "unknown"
        self.name = name.flatMap { $0.isEmpty ? nil : String($0.prefix(500)) }
    }
}

/// A message, or something that happened in a chat.
struct Message: Decodable {
    /// Words, plain or with a mark such as bold or a link.
    struct Part: Decodable {
        let text: String
        let href: String?

        private enum CodingKeys: String, CodingKey { case text, href }

        init(from decoder: any Decoder) throws {
            if let plain = try? decoder.singleValueContainer().decode(String.self) {
                (text, href) = (plain, nil)
            } else {
                let marked = try decoder.container(keyedBy: CodingKeys.self)
                text = try marked.decode(String.self, forKey: .text)
                href = try? marked.decodeIfPresent(String.self, forKey: .href)
            }
        }
    }

    struct Poll: Decodable { @Lenient var question: String? }
    struct Contact: Decodable {
        @Lenient var firstName: String?
        @Lenient var lastName: String?
        /// The name; the telephone number stays in the sealed file.
        var name: String? {
            let name = [firstName, lastName].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
            return name.isEmpty ? nil : String(name.prefix(200))
        }
    }
    struct Location: Decodable {
        let latitude: Double
        let longitude: Double
        var text: String { "\(latitude), \(longitude)" }
    }

    @Lenient var id: FlexibleText?
    @Lenient var type: String?
    @Lenient var date: String?
    @Lenient var dateUnixtime: FlexibleText?
    @Lenient var editedUnixtime: FlexibleText?
    @Lenient var from: String?
    @Lenient var fromId: FlexibleText?
    @Lenient var actor: String?
    @Lenient var actorId: FlexibleText?
    @Lenient var action: String?
    @Lenient var replyToMessageId: FlexibleText?
    @Lenient var forwardedFrom: String?
    @Lenient var text: LenientList<Part>?
    @Lenient var textEntities: LenientList<Part>?
    @Lenient var photo: String?
    @Lenient var file: String?
    @Lenient var poll: Poll?
    @Lenient var contactInformation: Contact?
    @Lenient var locationInformation: Location?

    /// Paths of its files inside the export.
    var files: [String] { [photo, file].compactMap(\.self).filter { !$0.isEmpty && !$0.hasPrefix("(") } }

    /// Whether the export says that it left a file out, in words in brackets.
    var hasFilesElsewhere: Bool { [photo, file].contains { $0?.hasPrefix("(") == true } }
}
