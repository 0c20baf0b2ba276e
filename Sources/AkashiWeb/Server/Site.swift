import AkashiDesk
import AkashiGuide
import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiVault
import Foundation
import Synchronization

/// Everything that the pages share.
final class Site: Sendable {
    let environment: DeskEnvironment
    let door: Door
    let sessions: Sessions
    let jobs = IntakeJobs()
    let pairing = Pairing()
    let replays = Replays()
    let talk = Conversation()
    /// Read while she finds her way, so that Akari's first answer does not wait.
    let consultant: Task<ReadyConsultant, any Error>
    let dossiers = MadeDossiers()
    let defaultLanguage: Language
    let folder: String
    let captureOverrides: [String: String]
    /// `/` and a secret: cookies are bound to this path, so that a program on another port never sees them.
    let base: String
    private let libraries: [Language: PageLibrary]
    private let strings: [Language: Strings]
    private let assets: [String: [UInt8]]
    private let packs: [RulePack]
    private let guides: [Language: Guide]
    private let handbooks: [Language: Guide]
    private let knownPort = Mutex<Int>(0)
    /// What was chosen, remembered for pages that are shown while the desk is locked.
    private let language = Mutex<Language?>(nil)

    init(_ configuration: DeskServer.Configuration, environment: DeskEnvironment) throws {
        self.environment = environment
        let knowledge = environment.knowledge
        consultant = Task(priority: .utility) { try await Self.read(knowledge) }
        folder = configuration.folder
        captureOverrides = configuration.captureOverrides
        defaultLanguage = configuration.language
        door = Door(folder: configuration.folder, environment: environment)
        sessions = Sessions(environment.vault, idleLimit: configuration.idleLimit)
        base = "/" + sessions.secret()
        var libraries: [Language: PageLibrary] = [:]
        var strings: [Language: Strings] = [:]
        for language in Language.allCases {
            let table = try Strings(environment.knowledge, language)
            strings[language] = table
            libraries[language] = try PageLibrary(environment.knowledge, table, base: base)
        }
        self.libraries = libraries
        self.strings = strings
        var assets: [String: [UInt8]] = [:]
        for ending in [".css", ".js", ".svg"] {
            for file in try environment.knowledge.list("desk/assets", ending: ending) {
                assets[URL(filePath: file).lastPathComponent] = try environment.knowledge.bytes(file)
            }
        }
        for file in try environment.knowledge.list("handbook/pictures", ending: ".png") {
            assets[URL(filePath: file).lastPathComponent] = try environment.knowledge.bytes(file)
        }
        self.assets = assets
        packs = try RulePack.all(environment.knowledge, "moderation/packs")
        var guides: [Language: Guide] = [:]
        for language in Language.allCases { guides[language] = try Guide(environment.knowledge, language) }
        self.guides = guides
        var handbooks: [Language: Guide] = [:]
        for language in Language.allCases { handbooks[language] = try Guide(environment.knowledge, language, folder: "handbook") }
        self.handbooks = handbooks
    }

    /// Away from whoever waits.
    @concurrent private static func read(_ knowledge: Knowledge) async throws -> ReadyConsultant {
        try ReadyConsultant(knowledge)
    }

    /// How the desk is used.
    func handbook(_ language: Language) -> Guide {
        guard let book = handbooks[language] else { preconditionFailure("all languages are loaded") }
        return book
    }

    /// The guide library.
    func guide(_ language: Language) -> Guide {
        guard let guide = guides[language] else { preconditionFailure("all languages are loaded") }
        return guide
    }

    /// The packs of rules that come with the program.
    var packNames: [(id: String, name: Bilingual)] { packs.map { ($0.id, $0.name) } }

    /// A rule's name for people; its own where nobody named it.
    func ruleName(_ id: String, _ language: Language) -> String {
        if let rule = packs.lazy.flatMap(\.rules).first(where: { $0.id == id }) { return rule.name[language] }
        let words = strings(language).table("desk")
        return words.keys.contains("rule.\(id)") ? words("rule.\(id)") : id
    }

    /// The port that the system gave.
    var port: Int {
        get { knownPort.withLock { $0 } }
        set { knownPort.withLock { $0 = newValue } }
    }

    /// The language that was chosen last.
    var chosenLanguage: Language {
        get { language.withLock { $0 } ?? defaultLanguage }
        set { language.withLock { $0 = newValue } }
    }

    /// The name of the cookie: with the port, so that two desks do not disturb each other.
    var cookieName: String { "note\(port)" }

    func strings(_ language: Language) -> Strings {
        guard let strings = strings[language] else { preconditionFailure("all languages are loaded") }
        return strings
    }

    func library(_ language: Language) -> PageLibrary {
        guard let library = libraries[language] else { preconditionFailure("all languages are loaded") }
        return library
    }

    func asset(_ name: String) -> [UInt8]? { assets[name] }

    /// Ends everybody's visit and puts the desk away.
    func lock() async {
        sessions.endAll()
        dossiers.removeAll()
        pairing.end()
        replays.removeAll()
        talk.forget()
        await door.lock()
    }
}
