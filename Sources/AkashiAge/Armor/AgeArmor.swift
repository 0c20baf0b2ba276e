import Foundation

/// The ASCII form of an age file (age.md, "ASCII armor"), a strict kind of PEM (RFC 7468).
public enum AgeArmor {
    static let begin = "-----BEGIN AGE ENCRYPTED FILE-----"
    static let end = "-----END AGE ENCRYPTED FILE-----"
    static let columns = 64
    static let bytesPerLine = 48

    /// Whether some bytes begin like an armoured file, after white space.
    public static func isArmored(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.drop { isWhitespace($0) }.prefix(begin.utf8.count).elementsEqual(begin.utf8)
    }

    static func isWhitespace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}

/// Turns a stream of bytes into armour, in constant memory.
public struct AgeArmorEncoder {
    private var pending: [UInt8] = []
    private var hasBegun = false

    /// Starts an armoured file.
    public init() {}

    /// Takes bytes, appends the full lines.
    public mutating func update(_ bytes: some Collection<UInt8>, into output: inout [UInt8]) {
        begin(&output)
        pending += bytes
        let ready = pending.count / AgeArmor.bytesPerLine * AgeArmor.bytesPerLine
        for start in stride(from: 0, to: ready, by: AgeArmor.bytesPerLine) {
            line(pending[start..<start + AgeArmor.bytesPerLine], &output)
        }
        pending.removeFirst(ready)
    }

    /// Appends the last lines.
    public mutating func finish(into output: inout [UInt8]) {
        begin(&output)
        if !pending.isEmpty { line(pending[...], &output) }
        pending = []
        output += Array((AgeArmor.end + "\n").utf8)
    }

    private mutating func begin(_ output: inout [UInt8]) {
        guard !hasBegun else { return }
        hasBegun = true
        output += Array((AgeArmor.begin + "\n").utf8)
    }

    private func line(_ bytes: ArraySlice<UInt8>, _ output: inout [UInt8]) {
        output += Data(bytes).base64EncodedData()
        output.append(UInt8(ascii: "\n"))
    }
}

/// Turns armour into the bytes of the file, in constant memory.
public struct AgeArmorDecoder {
    private enum State { case before, inside, lastLineRead, after }
    /// White space that is skipped before the first line before giving up.
    private static let maximumLeadingWhitespace = 1024

    private var state = State.before
    private var line: [UInt8] = []
    private var skipped = 0

    /// Starts at the beginning of an armoured file.
    public init() {}

    /// Takes bytes of armour, appends the bytes of the file.
    public mutating func update(_ bytes: some Collection<UInt8>, into output: inout [UInt8]) throws(AgeError) {
        for byte in bytes { try take(byte, &output) }
    }

    /// Checks that the armour is complete.
    public mutating func finish(into output: inout [UInt8]) throws(AgeError) {
        if state == .inside || state == .lastLineRead { try endLine(&output) }
        guard state == .after else { throw .armor("the end line is missing") }
    }

    private mutating func take(_ byte: UInt8, _ output: inout [UInt8]) throws(AgeError) {
        switch state {
        case .before where line.isEmpty && AgeArmor.isWhitespace(byte):
            skipped += 1
            guard skipped <= Self.maximumLeadingWhitespace else { throw .armor("too much white space") }
        case .after:
            guard AgeArmor.isWhitespace(byte) else { throw .armor("something stands after the end line") }
        default:
            if byte == UInt8(ascii: "\n") { return try endLine(&output) }
            line.append(byte)
            guard line.count <= AgeArmor.columns + 1 else { throw .armor("line too long") }
        }
    }

    private mutating func endLine(_ output: inout [UInt8]) throws(AgeError) {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let text = String(decoding: line, as: UTF8.self)
        line = []
        switch state {
        case .before:
            guard text == AgeArmor.begin else { throw .armor("the first line is wrong") }
            state = .inside
        case .inside, .lastLineRead:
            if text == AgeArmor.end {
                state = .after
            } else {
                guard state == .inside else { throw .armor("a line follows the last one") }
                let bytes = try Self.decode(text)
                output += bytes
                if bytes.count < AgeArmor.bytesPerLine { state = .lastLineRead }
            }
        case .after: break
        }
    }

    private static func decode(_ text: String) throws(AgeError) -> [UInt8] {
        guard !text.isEmpty, text.utf8.count <= AgeArmor.columns, let data = Data(base64Encoded: text), !data.isEmpty,
            data.base64EncodedString() == text
        else { throw .armor("a line is not canonical base64") }
        return Array(data)
    }
}
