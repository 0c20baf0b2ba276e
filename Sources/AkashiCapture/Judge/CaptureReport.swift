public import AkashiModel

/// What a capture says of itself. It is sealed with the page.
public struct CaptureReport: Sendable, Codable, Equatable {
    /// How good it is.
    public enum Grade: String, Sendable, Codable {
        /// The page that was asked for, whole.
        case whole
        /// The page that was asked for, but something is missing, covered or cut.
        case partial
        /// Not the page that was asked for: a wall, an error, nothing to see.
        case failed
    }

    /// Something that a reader must know.
    public struct Remark: Sendable, Codable, Equatable {
        /// Stable text such as `login-wall`; its sentence stands in `Knowledge/strings/capture`.
        public let code: String
        /// A number, an address, a word.
        public let detail: String?
        /// How good the capture can be with it at best.
        public let grade: Grade

        init(_ code: String, _ grade: Grade, _ detail: String? = nil) {
            self.code = code
            self.detail = detail
            self.grade = grade
        }
    }

    /// Which post it is, as the address and the page say.
    public struct Identity: Sendable, Codable, Equatable {
        /// The site.
        public var platform: String?
        /// The post's id.
        public var post: String?
        /// The author's id or handle, as the address or a link says.
        public var account: String?
        /// The author's name, as shown.
        public var shownName: String?
        /// The time of the post, as shown.
        public var shownTime: String?
        /// The time of the post, as the page's data say, RFC 3339 where it is that.
        public var dataTime: String?
        /// The words of the post alone.
        public var words: String?
    }

    /// The version of this form.
    public var version = 1
    /// The address that was asked for.
    public let asked: String
    /// The address at which the page stands.
    public let address: String
    /// Addresses that led from one to the other, with their status.
    public let redirects: [String]
    /// The page's title.
    public let title: String
    /// By this computer's clock, when it began.
    public let observedAt: Instant
    /// Milliseconds from loading to the picture.
    public let elapsed: Int
    /// The server's clock less this computer's, in seconds, as the answer's `Date` says; a second or two mean nothing.
    public let clockOffset: Int?
    /// The status of the page's answer.
    public let status: Int?
    /// The number of the server, never hers.
    public let server: String?
    /// How good it is.
    public let grade: Grade
    /// Everything that a reader must know.
    public let remarks: [Remark]
    /// Which post it is.
    public let identity: Identity
    /// The browser's build.
    public let browser: String
    /// The name that it gave itself to servers.
    public let userAgent: String
    /// Pixels: the window's width, and the page's height.
    public let width: Int
    /// Pixels: the page's height.
    public let height: Int
    /// Number of answers that were kept.
    public let answerCount: Int
    /// Number of letters of the page's words.
    public let wordCount: Int
    /// By the time on the page: the clock stood still from loading to the picture, chance was fixed, what moves was stopped.
    public let stillness: String
}
