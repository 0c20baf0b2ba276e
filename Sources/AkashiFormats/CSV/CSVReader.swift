/// Cuts a table of separated values (RFC 4180, and what programs really write) into rows, a piece at a time.
///
/// Works on bytes: separators, quotes and line ends are never part of a letter, in UTF-8 nor in Japanese Windows' CP932.
public struct CSVReader {
    /// One row.
    public struct Row: Sendable {
        /// Place of its first byte in the file.
        public let offset: UInt64
        /// Number of bytes, the line end included.
        public let length: UInt64
        /// The line that it begins on, counted from 1.
        public let line: Int
        /// The fields without their quotes, undecoded.
        public let fields: [[UInt8]]
        /// Its bytes as they stand in the file.
        public let raw: [UInt8]
    }

    /// Something that could not be read.
    public enum Problem: String, Sendable {
        /// A quote that is not closed within a mebibyte; it was taken as a letter.
        case unclosedQuote = "csv.unclosed-quote"
        /// A row longer than is read.
        case tooLong = "csv.row-too-long"
    }

    /// Longest row, in bytes.
    public static let maximumRow = 1 << 20

    private let separator: UInt8
    private var buffer: [UInt8] = []
    private var scanned = 0
    private var isQuoted = false
    private var fieldStart = true
    private var offset: UInt64
    private var line: Int

    /// A reader. `offset` and `line` are where the bytes begin, after a byte order mark or a header.
    public init(separator: UInt8 = UInt8(ascii: ","), offset: UInt64 = 0, line: Int = 1) {
        self.separator = separator
        self.offset = offset
        self.line = line
    }

    /// The separator that a header line uses: the one of comma, tab and semicolon that stands in it most often.
    public static func separator(of head: some Sequence<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [44: 0, 9: 0, 59: 0]
        var isQuoted = false
        for byte in head {
            if byte == 34 { isQuoted.toggle() }
            if byte == 10, !isQuoted { break }
            if !isQuoted, let count = counts[byte] { counts[byte] = count + 1 }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 44
    }

    /// Takes the next bytes.
    public mutating func update(_ piece: [UInt8], _ take: (Row) throws -> Void, problem: (Problem, UInt64) -> Void) rethrows {
        buffer += piece
        try scan(isEnd: false, take, problem)
    }

    /// The end of the file.
    public mutating func finish(_ take: (Row) throws -> Void, problem: (Problem, UInt64) -> Void) rethrows {
        try scan(isEnd: true, take, problem)
    }

    private mutating func scan(isEnd: Bool, _ take: (Row) throws -> Void, _ problem: (Problem, UInt64) -> Void) rethrows {
        var start = 0
        while true {
            while scanned < buffer.count {
                let byte = buffer[scanned]
                if isQuoted {
                    if byte == 34 { isQuoted = false }
                } else if byte == 34 {
                    // A quote opens only at the beginning of a field; elsewhere it closed one just now, or is a letter.
                    if fieldStart || scanned > start && buffer[scanned - 1] == 34 { isQuoted = true }
                } else if byte == 10 {
                    break
                }
                fieldStart = byte == separator && !isQuoted
                scanned += 1
                if scanned - start > Self.maximumRow { break }
            }
            if scanned < buffer.count, !isQuoted, buffer[scanned] == 10 {
                try emit(start..<scanned + 1, literal: false, take)
                scanned += 1
                start = scanned
                fieldStart = true
            } else if scanned - start > Self.maximumRow || isEnd && isQuoted && start < buffer.count {
                start = try recover(from: start, isEnd: isEnd, take, problem)
            } else {
                break
            }
        }
        if isEnd, start < buffer.count {
            try emit(start..<buffer.count, literal: false, take)
            start = buffer.count
        }
        buffer.removeFirst(start)
        scanned -= start
    }

    /// A quote that never closes would swallow the rest of the file: its line is taken by itself, quotes as letters.
    private mutating func recover(
        from start: Int, isEnd: Bool, _ take: (Row) throws -> Void, _ problem: (Problem, UInt64) -> Void
    ) rethrows -> Int {
        let end = buffer[start...].firstIndex(of: 10).map { $0 + 1 } ?? buffer.count
        problem(isQuoted ? .unclosedQuote : .tooLong, offset)
        isQuoted = false
        fieldStart = true
        if end - start <= Self.maximumRow {
            try emit(start..<end, literal: true, take)
        } else {
            offset += UInt64(end - start)
            line += 1
        }
        scanned = end
        return end
    }

    private mutating func emit(_ range: Range<Int>, literal: Bool, _ take: (Row) throws -> Void) rethrows {
        var bytes = buffer[range]
        let lines = bytes.count { $0 == 10 }
        let length = UInt64(range.count)
        defer {
            offset += length
            line += max(lines, 1)
        }
        if bytes.last == 10 { bytes = bytes.dropLast() }
        if bytes.last == 13 { bytes = bytes.dropLast() }
        guard !bytes.isEmpty else { return }
        let plain = literal ? bytes.split(separator: separator, omittingEmptySubsequences: false).map(Array.init) : fields(bytes)
        try take(Row(offset: offset, length: length, line: line, fields: plain, raw: Array(buffer[range])))
    }

    private func fields(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        var fields: [[UInt8]] = []
        var field: [UInt8] = []
        var isQuoted = false
        var isStart = true
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if isQuoted {
                if byte == 34 {
                    if index + 1 < bytes.endIndex, bytes[index + 1] == 34 {
                        field.append(34)
                        index += 1
                    } else {
                        isQuoted = false
                    }
                } else {
                    field.append(byte)
                }
            } else if byte == 34, isStart {
                isQuoted = true
                isStart = false
            } else if byte == separator {
                fields.append(field)
                field = []
                isStart = true
            } else {
                field.append(byte)
                isStart = false
            }
            index += 1
        }
        return fields + [field]
    }
}
