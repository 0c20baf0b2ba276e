/// Cuts a mailbox file into its mails (RFC 4155, mboxrd), a piece at a time: a gigabyte needs no more memory than its largest mail.
public struct MboxReader {
    /// One mail.
    public struct Message: Sendable {
        /// Place of its first byte in the file, after the `From ` line.
        public let offset: UInt64
        /// Its bytes as they stand in the file, with `>From ` still quoted.
        public let bytes: [UInt8]
    }

    /// Something that could not be read.
    public enum Problem: String, Sendable {
        /// A mail larger than is read.
        case tooLarge = "mail.too-large"
        /// Bytes before the first `From ` line.
        case leadingBytes = "mail.leading-bytes"
    }

    /// Largest mail that is read, in bytes.
    public static let maximumMessage = 256 << 20

    private let limit: Int
    private var line: [UInt8] = []
    private var lineOffset: UInt64 = 0
    private var position: UInt64 = 0
    private var message: [UInt8] = []
    private var start: UInt64?
    private var isTooLarge = false
    private var wasEmpty = true
    private var hasLeading = false

    /// A reader; `limit` is the largest mail in bytes.
    public init(limit: Int = Self.maximumMessage) { self.limit = limit }

    /// Takes the next bytes of the file.
    public mutating func update(
        _ piece: [UInt8], _ take: (Message) throws -> Void, problem: (Problem, UInt64) -> Void
    ) rethrows {
        var from = piece.startIndex
        while from < piece.endIndex {
            let end = piece[from...].firstIndex(of: 10)
            let to = end.map { $0 + 1 } ?? piece.endIndex
            line += piece[from..<to]
            position += UInt64(to - from)
            from = to
            // A line that never ends is handed on in pieces; only its beginning can be a `From ` line.
            if end != nil || line.count > 1 << 20 { try finishLine(isWhole: end != nil, take, problem) }
        }
    }

    /// The end of the file.
    public mutating func finish(_ take: (Message) throws -> Void, problem: (Problem, UInt64) -> Void) rethrows {
        if !line.isEmpty { try finishLine(isWhole: true, take, problem) }
        try finishMessage(take, problem)
    }

    private mutating func finishLine(
        isWhole: Bool, _ take: (Message) throws -> Void, _ problem: (Problem, UInt64) -> Void
    ) rethrows {
        defer {
            line.removeAll(keepingCapacity: true)
            lineOffset = position
        }
        if wasEmpty, Self.isSeparator(line) {
            try finishMessage(take, problem)
            start = position
            wasEmpty = false
            return
        }
        wasEmpty = isWhole && (line == [10] || line == [13, 10])
        guard start != nil else {
            if !wasEmpty, !hasLeading {
                hasLeading = true
                problem(.leadingBytes, lineOffset)
            }
            return
        }
        if message.count + line.count > limit {
            isTooLarge = true
            message.removeAll()
        }
        if !isTooLarge { message += line }
    }

    private mutating func finishMessage(_ take: (Message) throws -> Void, _ problem: (Problem, UInt64) -> Void) rethrows {
        guard let start else { return }
        if isTooLarge {
            problem(.tooLarge, start)
        } else if !message.isEmpty {
            // The empty line before the next `From ` belongs to the mailbox.
            var bytes = message
            if bytes.suffix(2) == [10, 10] {
                bytes.removeLast()
            } else if bytes.suffix(4) == [13, 10, 13, 10] {
                bytes.removeLast(2)
            }
            try take(Message(offset: start, bytes: bytes))
        }
        message.removeAll(keepingCapacity: message.capacity < 1 << 22)
        isTooLarge = false
        self.start = nil
    }

    /// `From ` somebody, a time of day, a year: a line of the words that begins with "From " seldom has all three.
    public static func isSeparator(_ line: some Collection<UInt8>) -> Bool {
        guard line.starts(with: Array("From ".utf8)), line.count < 512 else { return false }
        let text = String(decoding: line, as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).dropFirst()
        let hasClock = words.contains { word in
            let parts = word.split(separator: ":")
            return (2...3).contains(parts.count) && parts.allSatisfy { $0.count <= 2 && Int($0) != nil }
        }
        return hasClock && words.contains { $0.count == 4 && (Int($0).map { (1970...2200).contains($0) } ?? false) }
    }

    /// The mail without the mailbox's quoting: `>From ` is `From `, `>>From ` is `>From `.
    public static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
        let quoted = Array(">From ".utf8)
        guard bytes.count > 6 else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
            let line = bytes[start..<end]
            if line.first == 62, line.drop(while: { $0 == 62 }).starts(with: quoted.dropFirst()) {
                result += line.dropFirst()
            } else {
                result += line
            }
            start = end
        }
        return result
    }
}
