import AkashiFormats
import AkashiModel
import Foundation

/// A mail of the demo case, as its YAML says it.
struct DemoMail: Decodable, Sendable {
    let ref: String
    let file: String
    let charset: String
    let from: String
    let to: String
    let date: String
    let subject: String
    let id: String
    let body: String

    /// The mail as it would have come in.
    func bytes() throws -> [UInt8] {
        let header = [
            "From: \(try word(from))", "To: \(try word(to))", "Subject: \(try word(subject))", "Date: \(date)",
            "Message-ID: <\(id)>",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=\(charset)",
            "Content-Transfer-Encoding: \(charset == "utf-8" ? "base64" : "7bit")",
        ].joined(separator: "\r\n")
        let text = body.replacing("\n", with: "\r\n")
        guard let encoded = IconvEncoder.encode(text, to: charset) else { throw DeskError(.demoDamaged, ["file": file]) }
        let content: [UInt8]
        if charset == "utf-8" {
            content = Array(
                Data(encoded).base64EncodedString(options: [
                    .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
                ]).utf8)
        } else {
            content = encoded
        }
        return Array((header + "\r\n\r\n").utf8) + content + [13, 10]
    }

    /// What is not ASCII becomes one encoded word (RFC 2047), an address stays as it is.
    private func word(_ text: String) throws -> String {
        let parts = text.split(separator: " <", maxSplits: 1).map(String.init)
        let address = parts.count == 2 ? " <" + parts[1] : ""
        guard parts[0].utf8.contains(where: { $0 >= 0x80 }) else { return text }
        guard let encoded = IconvEncoder.encode(parts[0], to: charset) else { throw DeskError(.demoDamaged, ["file": file]) }
        return "=?\(charset)?B?\(Data(encoded).base64EncodedString())?=" + address
    }
}

/// The order table of the demo case.
struct DemoOrders: Decodable, Sendable {
    let file: String
    let ref: String
    let columns: [String]
    let rows: [[Cell]]

    /// Text, or a number written without quotes.
    struct Cell: Decodable, Sendable {
        let text: String
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = try (try? container.decode(String.self)) ?? String(container.decode(Int.self))
        }
    }

    /// The table in Japanese Windows' encoding.
    func bytes() throws -> [UInt8] {
        func line(_ cells: [String]) -> String {
            cells.map { $0.contains(",") || $0.contains("\"") ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }.joined(
                separator: ",") + "\r\n"
        }
        let text = line(columns) + rows.map { line($0.map(\.text)) }.joined()
        guard let bytes = IconvEncoder.encode(text, to: "CP932") else { throw DeskError(.demoDamaged, ["file": file]) }
        return bytes
    }
}
