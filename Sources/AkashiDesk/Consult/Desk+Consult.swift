public import AkashiConsult
import AkashiIntake
public import AkashiKnowledge
public import AkashiModel
import AkashiVault

/// Akari made ready, with the words for what a case says. Reading it all takes a while, and needs no vault.
public struct ReadyConsultant: Sendable {
    let consultant: Consultant
    let strings: [Language: Strings]

    /// Reads everything.
    ///
    /// - Throws: ``KnowledgeErrorCode/damaged``.
    public init(_ knowledge: Knowledge) throws {
        consultant = try Consultant(knowledge)
        strings = [.ja: try Strings(knowledge, .ja), .en: try Strings(knowledge, .en)]
    }
}

extension Desk {
    /// Takes what was made ready elsewhere, so that the first answer does not wait, and reads the law that the case is laid beside.
    public func prepare(_ ready: ReadyConsultant) throws {
        if akari == nil { akari = ready }
        _ = try library()
    }

    /// Akari, read once.
    func readyConsultant() throws -> ReadyConsultant {
        if let ready = akari { return ready }
        let ready = try ReadyConsultant(environment.knowledge)
        akari = ready
        return ready
    }

    /// Hears one turn and answers it from the guide, and from the case where that is asked for. Nothing of it is kept.
    ///
    /// - Parameter earlier: what she said before, the oldest first.
    public func ask(_ text: String, earlier: [String] = [], in language: Language) throws -> (heard: Heard, reply: Reply) {
        let ready = try readyConsultant()
        let heard = ready.consultant.hear(text, earlier: earlier)
        let findings = try heard.inquiry.map { inquiry in
            let strings = try ready.strings[language] ?? Strings(environment.knowledge, language)
            return try self.findings(inquiry, CaseTongue(language: language, strings: strings, library: try library()))
        }
        let reply = ready.consultant.reply(to: heard, findings: findings, in: language)
        guard heard.route == .everyday, findings == nil, try isWishForWork(text) else { return (heard, reply) }
        let words = try (ready.strings[language] ?? Strings(environment.knowledge, language)).table("desk")
        return (heard, reply.asWishes(receive: words("akari.wish.receive"), next: words("akari.wish.next")))
    }

    /// Words of talk about work: elsewhere a place to stay away from is no wish for work.
    private static let workWords = [
        "仕事", "しごと", "働", "バイト", "パート", "求人", "時給", "月給", "日給", "在宅ワーク", "夜勤", "応募", "就職", "work", "job", "hour", "yen",
    ]

    private func isWishForWork(_ text: String) throws -> Bool {
        let plain = text.lowercased()
        return try Self.workWords.contains { plain.contains($0) } && !wishChanges(in: text).isEmpty
    }

    /// Seals what she told as a record of the moment at which she told it. Only she asks for it.
    ///
    /// - Returns: the new record.
    public func keepTold(_ text: String) throws -> LogPosition? {
        let digits = environment.vault.now().japan.spacedText(seconds: true).filter(\.isNumber)
        let file = try beginIncoming(path: "memo-\(digits).txt", isPasted: true)
        try receive(Array(text.utf8), for: file)
        return try records(from: try add(incoming: [file])).last
    }
}

extension Desk {
    /// The settings that name a model on this computer.
    private enum ModelSetting {
        static let address = "model.address"
        static let name = "model.name"
    }

    /// Where her model is; nil where she uses none.
    public func modelAddress() throws -> (address: String, name: String)? {
        let settings = try settings()
        guard let address = settings[ModelSetting.address], !address.isEmpty else { return nil }
        return (address, settings[ModelSetting.name] ?? "")
    }

    /// Her model; nil where she uses none.
    public func localModel() throws -> LocalModel? {
        guard let line = environment.modelLine, let chosen = try modelAddress() else { return nil }
        if let model, model.address == chosen.address, model.name == chosen.name { return model.model }
        let made = try LocalModel(
            environment.knowledge, ModelAddress(chosen.address), name: chosen.name.isEmpty ? nil : chosen.name, line: line)
        model = (chosen.address, chosen.name, made)
        return made
    }

    /// Chooses a model on this computer; nil uses none from now on.
    ///
    /// - Throws: ``ConsultErrorCode/modelNotHere``.
    public func setModel(address: String?, name: String) throws {
        let address = try address.map { try ModelAddress($0).text } ?? ""
        try choose(ModelSetting.address, address)
        try choose(ModelSetting.name, String(name.prefix(100)))
    }
}
