/// Cuts a JSON array into its elements, a piece of input at a time, in constant memory.
///
/// It only finds where elements begin and end; each is decoded alone, so that one bad element does not lose the rest,
/// and each is known by its place in the bytes. A script prefix up to the first `=` is passed over, never evaluated.
public struct JSONArraySplitter {
    /// Why the array is not whole.
    public enum Problem: Equatable, Sendable {
        /// No array follows the beginning.
        case notAnArray
        /// The bytes end inside the array.
        case truncated
        /// One element is longer or deeper than is read. It is left out.
        case elementTooLarge
        /// Something other than an element, a comma or the end stands between elements. It is passed over.
        case unexpected
        /// Something stands after the array.
        case trailing
    }

    /// One element: where it begins and its bytes.
    public struct Element: Equatable, Sendable {
        /// First byte, from the beginning of the input.
        public let offset: UInt64
        /// Its bytes.
        public let bytes: [UInt8]
    }

    /// What a piece of input yields.
    public enum Event: Equatable, Sendable {
        /// An element.
        case element(Element)
        /// A problem, and the byte where it was noticed.
        case problem(Problem, offset: UInt64)
    }

    /// Bytes of one element that are kept before it is left out, where nothing else is said.
    public static let usualElementByteCount = 16 << 20
    /// Levels of nesting before an element is left out.
    public static let maximumDepth = 128
    private static let maximumPrefixByteCount = 4096

    private enum State { case prefix, beforeArray, between, value, container, finished, failed }

    private var state = State.prefix
    private var offset: UInt64 = 0
    private var element: [UInt8] = []
    private var elementOffset: UInt64 = 0
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isTooLarge = false
    private var isSkipping = false

    private let maximumElementByteCount: Int

    /// Starts at the beginning of the input. Elements longer than `maximumElementByteCount` are left out.
    public init(maximumElementByteCount: Int = Self.usualElementByteCount) {
        self.maximumElementByteCount = maximumElementByteCount
    }

    /// Takes a piece of input.
    public mutating func update(_ bytes: [UInt8], _ report: (Event) throws -> Void) rethrows {
        var index = 0
        while index < bytes.count {
            if state == .container {
                let start = index
                let isClosed = scanContainer(bytes, &index)
                keep(bytes[start..<index])
                offset += UInt64(index - start)
                if isClosed { try endElement(report) }
            } else {
                try take(bytes[index], report)
                index += 1
                offset += 1
            }
        }
    }

    /// Ends the input.
    public mutating func finish(_ report: (Event) throws -> Void) rethrows {
        switch state {
        case .finished, .failed: break
        case .prefix, .beforeArray: try report(.problem(.notAnArray, offset: offset))
        case .between, .value, .container: try report(.problem(.truncated, offset: elementOffset))
        }
        state = .failed
    }

    private mutating func take(_ byte: UInt8, _ report: (Event) throws -> Void) rethrows {
        switch state {
        case .prefix:
            if byte == UInt8(ascii: "=") {
                state = .beforeArray
            } else if byte == UInt8(ascii: "["), element.isEmpty {
                state = .between
            } else if !isSpace(byte), byte != 0xef, byte != 0xbb, byte != 0xbf {
                element.append(byte)
                if element.count > Self.maximumPrefixByteCount { try fail(report) }
            }
        case .beforeArray:
            element = []
            if byte == UInt8(ascii: "[") {
                state = .between
            } else if !isSpace(byte) {
                try fail(report)
            }
        case .between:
            elementOffset = offset
            if isSpace(byte) || byte == UInt8(ascii: ",") {
                isSkipping = false
            } else if byte == UInt8(ascii: "]") {
                state = .finished
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                begin(byte, .container)
                depth = 1
            } else if byte == UInt8(ascii: "}") {
                if !isSkipping { try report(.problem(.unexpected, offset: offset)) }
                isSkipping = true
            } else {
                begin(byte, .value)
                isInString = byte == UInt8(ascii: "\"")
            }
        case .value: try takeValue(byte, report)
        case .finished:
            if !isSpace(byte), byte != UInt8(ascii: ";"), byte != 0 {
                try report(.problem(.trailing, offset: offset))
                state = .failed
            }
        case .container, .failed: break
        }
    }

    /// A bare value, such as a number or a string.
    private mutating func takeValue(_ byte: UInt8, _ report: (Event) throws -> Void) rethrows {
        if !isInString, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || isSpace(byte) {
            try endElement(report)
            if byte == UInt8(ascii: "]") { state = .finished }
            return
        }
        keep([byte])
        guard isInString else { return }
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
    }

    /// Moves `index` past the end of the object or array, or to the end of the input; whether it was closed.
    private mutating func scanContainer(_ bytes: [UInt8], _ index: inout Int) -> Bool {
        var position = index
        defer { index = position }
        return bytes.withUnsafeBufferPointer { bytes in
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                if isInString {
                    if isEscaped {
                        isEscaped = false
                    } else if byte == UInt8(ascii: "\\") {
                        isEscaped = true
                    } else if byte == UInt8(ascii: "\"") {
                        isInString = false
                    }
                    continue
                }
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    depth += 1
                    if depth > Self.maximumDepth { isTooLarge = true }
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth == 0 { return true }
                default: break
                }
            }
            return false
        }
    }

    private mutating func begin(_ byte: UInt8, _ state: State) {
        self.state = state
        element = [byte]
        isInString = false
        isEscaped = false
        isTooLarge = false
    }

    private mutating func keep(_ bytes: some Collection<UInt8>) {
        if isTooLarge || element.count + bytes.count > maximumElementByteCount {
            isTooLarge = true
            element = []
        } else {
            element += bytes
        }
    }

    private mutating func endElement(_ report: (Event) throws -> Void) rethrows {
        state = .between
        let finished = Element(offset: elementOffset, bytes: element)
        element = []
        if isTooLarge {
            try report(.problem(.elementTooLarge, offset: elementOffset))
        } else {
            try report(.element(finished))
        }
    }

    private mutating func fail(_ report: (Event) throws -> Void) rethrows {
        try report(.problem(.notAnArray, offset: offset))
        state = .failed
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }
}

extension JSONArraySplitter.Problem {
    /// The end of the code under which the words for it stand.
    public var code: String {
        switch self {
        case .notAnArray: "not-an-array"
        case .truncated: "truncated"
        case .elementTooLarge: "element-too-large"
        case .unexpected: "unexpected"
        case .trailing: "trailing"
        }
    }
}
