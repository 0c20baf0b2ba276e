import AkashiActions
import AkashiAge
import AkashiCasework
import AkashiModel
import AkashiModeration
import AkashiVault
import Crypto
import Foundation

/// Her LINE channel, as the desk knows it.
public struct LineSettings: Sendable, Equatable {
    /// The code that she sends to her channel once, so that it knows her.
    public let code: String
    /// Whether she is told on days on which something runs out.
    public let reminds: Bool
}

extension Desk {
    private enum LineSetting {
        static let code = "line.code"
        static let reminds = "line.reminds"
    }

    /// Days before a last day on which she is told, too.
    private static let daysBefore = [7, 1, 0]
    /// Days ahead that the gateway is told of.
    private static let daysAhead = 60
    private static let codeLength = 8

    /// Her LINE channel; nil where she did not turn it on.
    public func lineSettings() throws -> LineSettings? {
        let settings = try settings()
        guard let code = settings[LineSetting.code], !code.isEmpty else { return nil }
        return LineSettings(code: code, reminds: settings[LineSetting.reminds] == "on")
    }

    /// Turns her LINE channel on. She has read what it means.
    ///
    /// - Returns: the file that the gateway needs. It holds no secret.
    public func turnLineOn(reminds: Bool) throws -> [UInt8] {
        let digits = environment.vault.random(Self.codeLength).map { String($0 % 10) }.joined()
        let code = try lineSettings()?.code ?? digits
        try choose(LineSetting.code, code)
        try choose(LineSetting.reminds, reminds ? "on" : "off")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let file = LineConfiguration(codeHash: Hex.encode(SHA256.hash(data: Array(code.utf8))))
        return Array(try encoder.encode(file)) + [0x0A]
    }

    /// Turns it off: the code is worth nothing for a new file, and no day is told any more. What came is kept.
    public func turnLineOff() throws {
        try choose(LineSetting.code, "")
        try choose(LineSetting.reminds, "off")
    }

    /// The days on which she is told to open her desk, and nothing of what for; nil where there is no channel.
    func reminderDays() throws -> [String]? {
        guard let settings = try lineSettings() else { return nil }
        guard settings.reminds, let caseFile = try index.cases().first else { return [] }
        let today = today()
        var last = try deadlineBoard(caseFile.id).next(on: today).map(\.deadline.counted.lastDay)
        last += try index.platformRequests(caseFile.id).compactMap { try answerDue($0) }
        last += caseFile.consultations.compactMap { $0.nextBy.flatMap(CivilDate.init) }
        last += try index.jobApplications().filter(\.isOpen).compactMap { $0.nextBy.flatMap(CivilDate.init) }
        let days = Set(last.flatMap { day in Self.daysBefore.map { day.adding(days: -$0) } })
        return days.filter { $0 >= today && $0 <= today.adding(days: Self.daysAhead) }.sorted().map(\.description)
    }
}

/// A content of LINE as a file: what it is called.
enum LineContent {
    private static let endings: [String: String] = [
        "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/heic": "heic",
        "video/mp4": "mp4",
        "audio/m4a": "m4a", "audio/x-m4a": "m4a", "audio/mp4": "m4a", "audio/mpeg": "mp3", "application/pdf": "pdf",
        "text/plain": "txt", "application/zip": "zip",
    ]

    /// `line-<message id>.<ending>`; a file's own name follows the id, without its folders.
    static func path(_ delivery: LineDelivery) -> String {
        let id = String((delivery.messageID ?? "").filter { $0.isASCII && ($0.isNumber || $0.isLetter) }.prefix(40))
        if let name = delivery.name?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last, !name.isEmpty {
            return "line-\(id)-\(String(name.filter { $0 != "\0" && !$0.isNewline }.prefix(120)))"
        }
        let type = delivery.mimeType?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        return "line-\(id).\(endings[type ?? ""] ?? "bin")"
    }
}
