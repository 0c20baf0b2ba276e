import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiProof
import AkashiVault
import Foundation
import HTTPTypes

/// Passphrase, recovery sheet, backup, time stamps, language, discreet names, helper.
struct SettingsPage: Page {
    static let template = "settings"
    static let title = "settings.title"
    static let room = Room.settings

    struct Authority: Sendable {
        let name: String
        let address: String
        let isAccredited: Bool
    }

    struct KnownChoice: Sendable {
        let id: String
        let name: String
        let what: String
    }

    struct Place: Sendable {
        let path: String
    }

    let isProtected: Bool
    let isDiscreet: Bool
    let isJapanese: Bool
    let authorities: [Authority]
    let hasAuthorities: Bool
    /// Whether the first page goes on asking for a time stamp.
    let isStampProposed: Bool
    let knownAuthorities: [KnownChoice]
    let pendingStamps: Int?
    let folder: String
    let cloudName: String?
    let places: [Place]
    let isEmpty: Bool
    let copies: [Place]
    let isSaved: Bool
}

/// The passphrase, or later.
struct PassphrasePage: Page {
    static let template = "passphrase"
    static let title = "passphrase.title"
    static let room = Room.settings
    let isProtected: Bool
    let problem: String?
}

/// The sheet to keep somewhere else.
struct SheetPage: Page {
    static let template = "sheet"
    static let title = "sheet.title"
    static let room = Room.settings
}

/// What something long found.
struct ResultPage: Page {
    static let template = "result"
    static let title = "result.title"
    static let room = Room.settings
    let heading: String
    let lines: [String]
    let isProblem: Bool
}

extension Rooms {
    func addSettings(_ register: Register) {
        register(.get, "settings", .owner) { visit in .page(try await settings(visit)) }
        register(.post, "settings/language", .everybody) { visit in
            let language = visit.form.text("language")
            if ["ja", "en"].contains(language) {
                try await visit.desk.choose("language", language)
            }
            return .go(visit.form.text("back") == "settings" ? "/settings" : "/")
        }
        register(.post, "settings/discreet", .owner) { visit in
            try await visit.desk.choose("discreet", visit.form.text("discreet") == "on" ? "on" : "off")
            return .go("/settings?saved=1")
        }
        register(.get, "passphrase", .owner) { visit in
            .page(PassphrasePage(isProtected: try await visit.desk.summary().isProtected, problem: nil))
        }
        register(.post, "passphrase", .owner) { visit in try await setPassphrase(visit) }
        register(.post, "passphrase/later", .owner) { visit in
            try await visit.desk.choose("later", "yes")
            return .go("/")
        }
        register(.get, "sheet", .owner) { _ in .page(SheetPage()) }
        register(.post, "sheet/pdf", .owner) { visit in
            .file(try await visit.desk.recoverySheet(), name: "sheet.pdf", type: "application/pdf")
        }
        register(.post, "settings/check", .owner) { visit in .page(await checkAll(visit)) }
        register(.post, "settings/backup", .owner) { visit in try await backup(visit) }
        register(.post, "settings/restore", .owner) { visit in try await restore(visit) }
        addStampSettings(register)
    }

    private func addStampSettings(_ register: Register) {
        register(.post, "settings/authority/known", .owner) { visit in
            let id = visit.form.text("id")
            guard let known = try KnownAuthority.all(visit.site.environment.knowledge).first(where: { $0.id == id }) else {
                throw VaultError(.authorityUnknown)
            }
            try await visit.desk.addAuthority(known.authority())
            return .go("/settings?saved=1#stamps")
        }
        register(.post, "settings/authority", .owner) { visit in
            let form = visit.form
            guard let url = URL(string: form.text("url")), ["http", "https"].contains(url.scheme ?? ""), url.host != nil else {
                throw VaultError(.authorityUnknown)
            }
            let id = form.text("id").lowercased()
            try await visit.desk.addAuthority(
                TimestampAuthority(
                    id: id, name: form.optional("name") ?? id, url: url, certificatesPEM: form.text("pem"),
                    isAccredited: form.text("accredited") == "yes"))
            return .go("/settings?saved=1#stamps")
        }
        register(.post, "settings/stamp/later", .owner) { visit in
            try await visit.desk.choose("stamp.later", "yes")
            return .go("/")
        }
        register(.post, "settings/stamp", .owner) { visit in
            let outcomes = try await visit.desk.sendStamps()
            let lines = outcomes.map { outcome in
                if let stamp = outcome.stamp {
                    return visit.words(
                        "stamps.done",
                        ["authority": outcome.authority, "when": visit.timeText(stamp.verified.time.instant)])
                }
                return outcome.problem.map { visit.strings.text(for: $0).what } ?? ""
            }
            let isProblem = outcomes.contains { $0.stamp == nil }
            return .page(
                ResultPage(
                    heading: visit.words(isProblem ? "stamps.waiting" : "stamps.all"), lines: lines, isProblem: isProblem))
        }
    }

    private func checkAll(_ visit: Visit) async -> ResultPage {
        let found = await visit.desk.verify()
        let words = visit.words
        var lines = [
            words("check.entries", ["count": String(found.entryCount)]),
            words("check.objects", ["count": String(found.objectCount)]),
            words("check.stamps", ["count": String(found.stamps.count)]),
        ]
        for finding in found.findings.prefix(20) {
            let text = visit.strings.text(for: finding)
            let place = [finding.position.map { "#\($0)" }, finding.file, finding.digest?.short].compactMap(\.self)
            lines.append(([text.what] + place).joined(separator: " "))
        }
        if let first = found.findings.first {
            let text = visit.strings.text(for: first)
            lines += [text.evidence, text.nextOnPage]
        }
        return ResultPage(
            heading: words(found.isIntact ? "check.intact" : "check.broken"), lines: lines, isProblem: !found.isIntact)
    }

    private func settings(_ visit: Visit) async throws -> SettingsPage {
        let summary = try await visit.desk.summary()
        let disks = RemovableDisks.folders()
        let authorities = try await visit.desk.authorities()
        let known = try KnownAuthority.all(visit.site.environment.knowledge).filter { known in
            !authorities.contains { $0.id == known.id }
        }
        return SettingsPage(
            isProtected: summary.isProtected, isDiscreet: visit.isDiscreet, isJapanese: visit.language == .ja,
            authorities: authorities.map {
                SettingsPage.Authority(name: $0.name, address: $0.url.host ?? "", isAccredited: $0.isAccredited)
            }, hasAuthorities: !authorities.isEmpty,
            isStampProposed: try await !visit.desk.hasStamp && visit.settings["stamp.later"] != "yes",
            knownAuthorities: known.map {
                SettingsPage.KnownChoice(id: $0.id, name: $0.name, what: $0.what[visit.language.rawValue] ?? "")
            }, pendingStamps: summary.pendingStampCount > 0 ? summary.pendingStampCount : nil, folder: visit.site.folder,
            cloudName: CloudFolder.name(in: visit.site.folder),
            places: disks.map { SettingsPage.Place(path: $0) },
            isEmpty: summary.evidenceCount == 0,
            copies: disks.flatMap { Desk.copies(in: $0, environment: visit.site.environment) }.map {
                SettingsPage.Place(path: $0)
            },
            isSaved: visit.asked("saved") != nil)
    }

    private func setPassphrase(_ visit: Visit) async throws -> Answer {
        let isProtected = try await visit.desk.summary().isProtected
        func again(_ key: String) -> Answer {
            .page(PassphrasePage(isProtected: isProtected, problem: visit.words(key)))
        }
        let new = visit.form.exact("new")
        guard new == visit.form.exact("again") else { return again("passphrase.differs") }
        if isProtected {
            do {
                try Desk.check(.typed(visit.form.exact("old")), of: visit.site.folder, environment: visit.site.environment)
            } catch {
                try await Task.sleep(for: .seconds(visit.site.sessions.countFailure()))
                return again("passphrase.old-wrong")
            }
        }
        guard new.count >= 8 else { return again("passphrase.too-short") }
        try await visit.desk.setPassphrase(new)
        return .go("/sheet")
    }

    /// The copy takes the place of the empty vault when that is closed, which it is at once.
    private func restore(_ visit: Visit) async throws -> Answer {
        let environment = visit.site.environment
        let named = visit.form.optional("other") ?? visit.form.text("copy")
        guard named.hasPrefix("/"), let copy = Desk.copies(in: named, environment: environment).last else {
            throw DeskError(.copyMissing)
        }
        let isProtected = Desk.needsPassphrase(at: copy, environment: environment)
        let unlock: Unlock = isProtected ? .typed(visit.form.exact("passphrase")) : .noPassphrase
        try Desk.check(unlock, of: copy, environment: environment)
        _ = try await visit.desk.prepareRestore(from: copy, unlock: unlock)
        await visit.site.lock()
        return .go("/lock")
    }

    private func backup(_ visit: Visit) async throws -> Answer {
        let isProtected = try await visit.desk.summary().isProtected
        let unlock: Unlock = isProtected ? .typed(visit.form.exact("passphrase")) : .noPassphrase
        try Desk.check(unlock, of: visit.site.folder, environment: visit.site.environment)
        let parent = visit.form.optional("other") ?? visit.form.text("place")
        let report = try await visit.desk.backup(into: parent, unlock: unlock)
        try await visit.desk.choose("backup", visit.site.environment.vault.now().japan.dateText)
        return .page(
            ResultPage(
                heading: visit.words("backup.done"),
                lines: [
                    visit.words("backup.where", ["folder": report.folder]),
                    visit.words(
                        "backup.read-back",
                        [
                            "files": String(report.fileCount), "objects": String(report.verification.objectCount),
                        ]), visit.words(isProtected ? "backup.protected" : "backup.unprotected"),
                ], isProblem: false))
    }
}

/// Folders that a cloud carries off the computer.
enum CloudFolder {
    private static let names = [
        "OneDrive", "Dropbox", "Google Drive", "GoogleDrive", "iCloud", "Mobile Documents", "Box Sync", "pCloud",
    ]

    static func name(in path: String) -> String? {
        names.first { path.lowercased().contains("/" + $0.lowercased()) }
    }
}

/// Disks and sticks that are plugged in.
enum RemovableDisks {
    static func folders() -> [String] {
        let manager = FileManager.default
        let parents = ["/media", "/run/media", "/mnt"]
        var found: [String] = []
        for parent in parents {
            for name in (try? manager.contentsOfDirectory(atPath: parent))?.sorted() ?? [] {
                let folder = "\(parent)/\(name)"
                let inner = (try? manager.contentsOfDirectory(atPath: folder))?.sorted() ?? []
                if parent != "/mnt" {
                    found += inner.map { "\(folder)/\($0)" }.filter { manager.isWritableFile(atPath: $0) }
                } else if manager.isWritableFile(atPath: folder) {
                    found.append(folder)
                }
            }
        }
        return Array(found.prefix(8))
    }
}
