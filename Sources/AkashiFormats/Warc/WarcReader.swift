/// Reads the records of a WARC file, plain or gzipped, one after the other.
public final class WarcReader {
    /// What is wrong at a place.
    public enum Problem: String, Error, Sendable, CaseIterable {
        /// Something stands there that is no record.
        case notARecord = "warc.not-a-record"
        /// The file ends in the middle of a record.
        case cut = "warc.cut"
        /// The compression is damaged.
        case damaged = "warc.damaged"
        /// A record is larger than is read.
        case tooLarge = "warc.too-large"
    }

    /// A record with the bytes that it stands in, or what is wrong there.
    public struct Item: Sendable {
        /// The first byte in the file of the record, or of the gzip member that it lies in.
        public let offset: UInt64
        /// The bytes of the record, or of its member, as they are stored.
        public let stored: [UInt8]
        /// The record, as far as it could be read.
        public let record: WarcRecord?
        /// What is wrong.
        public let problem: Problem?
    }

    /// The largest record that is read, in bytes.
    public static let maximumRecord = 256 << 20
    private static let maximumHead = 1 << 20
    private static let pieceSize = 1 << 18

    private let members: GzipMemberReader?
    private var current: (member: GzipMember, cursor: Cursor)?
    private let plain: Cursor?
    private var isFinished = false

    /// Reads from a stream.
    ///
    /// - Parameter head: the first bytes of the same stream, for telling how it is packed.
    public init(_ stream: any ByteStream, head: [UInt8]) {
        if Gzip.isGzip(head) {
            members = GzipMemberReader(stream, limit: Self.maximumRecord)
            plain = nil
        } else {
            members = nil
            plain = Cursor(stream)
        }
    }

    /// Whether some bytes begin like a WARC file; of gzipped ones the first member is looked into.
    public static func isWarc(_ head: [UInt8]) -> Bool {
        let start = Array("WARC/".utf8)
        if head.starts(with: start) { return true }
        guard Gzip.isGzip(head) else { return false }
        let inflater = Inflater(window: 15 + 16, limit: 1 << 16)
        _ = inflater.take(head)
        return inflater.output.starts(with: start)
    }

    /// The next record or problem; nil at the end.
    public func next() throws -> Item? {
        if let plain {
            guard !isFinished else { return nil }
            let item = try plain.next()
            if let problem = item?.problem, problem != .tooLarge { isFinished = true }
            return item
        }
        while !isFinished {
            if let (member, cursor) = current {
                if let item = try cursor.next() {
                    if item.problem != nil { current = nil }
                    return Item(offset: member.offset, stored: member.stored, record: item.record, problem: item.problem)
                }
                current = nil
            }
            do {
                guard let member = try members?.next() else { return nil }
                if !member.isWhole { isFinished = true }
                if !member.isWhole, member.bytes.isEmpty {
                    return Item(offset: member.offset, stored: member.stored, record: nil, problem: .damaged)
                }
                current = (member, Cursor(MemoryBytes(member.bytes).stream()))
                if !member.isWhole { return try lastOf(member) }
            } catch is GzipMemberReader.Problem {
                isFinished = true
                return Item(offset: 0, stored: [], record: nil, problem: .tooLarge)
            }
        }
        return nil
    }

    /// What stands in a member that is cut or damaged: its first record, with the problem.
    private func lastOf(_ member: GzipMember) throws -> Item? {
        defer { current = nil }
        let item = try current?.cursor.next()
        return Item(offset: member.offset, stored: member.stored, record: item?.record, problem: item?.problem ?? .damaged)
    }

    /// Reads plain records off a stream.
    private final class Cursor {
        private let stream: any ByteStream
        private var buffer: [UInt8] = []
        private var start = 0
        private var position: UInt64 = 0
        private var isAtEnd = false

        init(_ stream: any ByteStream) { self.stream = stream }

        func next() throws -> Item? {
            try skipLineEnds()
            guard try has(1) else { return nil }
            let offset = position
            guard try has(5), buffer[start..<start + 5].elementsEqual("WARC/".utf8) else {
                return Item(offset: offset, stored: Array(buffer[start...].prefix(64)), record: nil, problem: .notARecord)
            }
            guard let headEnd = try findHeadEnd() else {
                return Item(offset: offset, stored: Array(buffer[start...].prefix(1 << 16)), record: nil, problem: .cut)
            }
            let head = Array(buffer[start..<start + headEnd])
            var record = WarcRecord(fields: HTTPMessage.fields(head), block: [])
            guard let length = record["Content-Length"].flatMap({ Int($0) }), length >= 0 else {
                return Item(offset: offset, stored: head, record: nil, problem: .notARecord)
            }
            guard length <= WarcReader.maximumRecord else {
                try skip(headEnd + length)
                return Item(offset: offset, stored: head, record: nil, problem: .tooLarge)
            }
            let isWhole = try has(headEnd + length)
            let end = min(buffer.count, start + headEnd + length)
            record.block = Array(buffer[start + headEnd..<end])
            let stored = Array(buffer[start..<end])
            try skip(end - start)
            return Item(offset: offset, stored: stored, record: record, problem: isWhole ? nil : .cut)
        }

        private func skipLineEnds() throws {
            while try has(1), buffer[start] == 13 || buffer[start] == 10 { try skip(1) }
        }

        /// Number of bytes up to the first byte of the block.
        private func findHeadEnd() throws -> Int? {
            var from = 0
            while true {
                let window = buffer[start...]
                if let end = HTTPMessage.headEnd(window, from: from) { return end }
                from = max(0, window.count - 4)
                guard window.count < WarcReader.maximumHead, try has(window.count + 1) else { return nil }
            }
        }

        /// Whether that many bytes are there, reading on if need be.
        private func has(_ count: Int) throws -> Bool {
            while buffer.count - start < count, !isAtEnd {
                if start > 1 << 20 {
                    buffer.removeFirst(start)
                    start = 0
                }
                let piece = try stream.read(upTo: WarcReader.pieceSize)
                if piece.isEmpty { isAtEnd = true }
                buffer += piece
            }
            return buffer.count - start >= count
        }

        private func skip(_ count: Int) throws {
            var left = count
            while left > 0, try has(1) {
                let step = min(left, buffer.count - start)
                start += step
                position += UInt64(step)
                left -= step
                if start == buffer.count {
                    buffer = []
                    start = 0
                }
            }
        }
    }
}
