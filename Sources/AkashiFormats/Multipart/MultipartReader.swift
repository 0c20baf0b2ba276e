/// Takes `multipart/form-data` (RFC 7578) apart while it arrives, in constant memory.
public struct MultipartReader {
    /// What the head of a part says.
    public struct Head: Equatable, Sendable {
        /// The field's name.
        public let name: String
        /// The file's name; nil for a plain field.
        public let fileName: String?
    }

    /// What was found.
    public enum Event: Equatable, Sendable {
        /// A part begins.
        case begin(Head)
        /// Bytes of the part.
        case data([UInt8])
        /// The part ends.
        case end
    }

    /// The body is not what its type says.
    public struct Malformed: Error, Equatable {}

    private enum State { case beforeBoundary, afterBoundary, head, body, finished }

    private static let maximumHeadByteCount = 16 << 10
    private let delimiter: [UInt8]
    private var state = State.beforeBoundary
    private var buffer: [UInt8] = [13, 10]

    /// Takes the boundary that the content type names.
    public init(boundary: String) { delimiter = Array("\r\n--\(boundary)".utf8) }

    /// The boundary of a content type; nil if it is not a form of parts (RFC 2046, 5.1.1).
    public static func boundary(ofContentType type: String) -> String? {
        let parts = type.split(separator: ";").map { $0.trimmed }
        guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
        for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
            let value = part.dropFirst("boundary=".count).filter { $0 != "\"" }
            return (1...70).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }

    /// Whether the last boundary has come.
    public var isFinished: Bool { state == .finished }

    /// Takes the next bytes.
    ///
    /// - Throws: ``Malformed``.
    public mutating func take(_ bytes: some Sequence<UInt8>) throws(Malformed) -> [Event] {
        buffer += bytes
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// Whether something was found and more may follow.
    private mutating func step(_ events: inout [Event]) throws(Malformed) -> Bool {
        switch state {
        case .finished:
            buffer.removeAll()
            return false
        case .beforeBoundary:
            guard let place = Self.find(delimiter, in: buffer) else {
                guard buffer.count < Self.maximumHeadByteCount else { throw Malformed() }
                return false
            }
            buffer.removeFirst(place + delimiter.count)
            state = .afterBoundary
            return true
        case .afterBoundary:
            guard buffer.count >= 2 else { return false }
            if buffer.starts(with: [45, 45]) {
                state = .finished
            } else if buffer.starts(with: [13, 10]) {
                state = .head
            } else {
                throw Malformed()
            }
            // The line end stays: a head may be empty, and ends with two of them.
            if state == .finished { buffer.removeFirst(2) }
            return true
        case .head:
            guard let place = Self.find([13, 10, 13, 10], in: buffer) else {
                guard buffer.count < Self.maximumHeadByteCount else { throw Malformed() }
                return false
            }
            guard let head = Self.head(buffer[..<place]) else { throw Malformed() }
            buffer.removeFirst(place + 4)
            events.append(.begin(head))
            state = .body
            return true
        case .body: return takeBody(&events)
        }
    }

    private mutating func takeBody(_ events: inout [Event]) -> Bool {
        if let place = Self.find(delimiter, in: buffer) {
            if place > 0 { events.append(.data(Array(buffer[..<place]))) }
            events.append(.end)
            buffer.removeFirst(place + delimiter.count)
            state = .afterBoundary
            return true
        }
        // The beginning of a boundary may stand at the end.
        let ready = buffer.count - (delimiter.count - 1)
        guard ready > 0 else { return false }
        events.append(.data(Array(buffer[..<ready])))
        buffer.removeFirst(ready)
        return false
    }

    private static func head(_ bytes: ArraySlice<UInt8>) -> Head? {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\r\n") {
            guard line.lowercased().hasPrefix("content-disposition:") else { continue }
            guard let name = value("name", in: line) else { return nil }
            return Head(name: name, fileName: value("filename", in: line))
        }
        return nil
    }

    /// Browsers write `%22` for a quote and `%0D%0A` for a line end (HTML, "multipart form data").
    private static func value(_ name: String, in line: Substring) -> String? {
        guard let start = line.firstRange(of: "; \(name)=\""), let end = line[start.upperBound...].firstIndex(of: "\"") else {
            return nil
        }
        return String(line[start.upperBound..<end]).replacing("%22", with: "\"").replacing("%0D", with: "").replacing(
            "%0A", with: " ")
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= needle.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            let last = bytes.count - needle.count
            while index <= last {
                if bytes[index] == needle[0], bytes[index..<index + needle.count].elementsEqual(needle) { return index }
                index += 1
            }
            return nil
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
