public import AkashiKnowledge
public import AkashiModel
public import AkashiProof
public import Foundation

/// There is no dossier in the folder.
public struct NotADossier: CodedError, Equatable {
    /// `verify.not-a-dossier`
    public var code: String { "verify.not-a-dossier" }
    /// None.
    public var arguments: [String: String] { [:] }

    /// A dossier that lost a part is a broken one; a folder with neither of its two lists is none.
    static func check(_ folder: URL) throws(NotADossier) {
        let lists = [DossierPath.declaration, DossierPath.contents].map { folder.appending(path: $0).path }
        guard lists.contains(where: { FileManager.default.fileExists(atPath: $0) }) else { throw NotADossier() }
    }
}

/// Checks a dossier's folder and says in plain words what was found. Shared by `akashi verify-dossier` and `akashi-verify`.
public struct DossierReport: Sendable {
    /// What was found.
    public let verification: DossierVerification

    /// Checks a folder.
    ///
    /// - Throws: ``NotADossier``.
    /// - Parameter previous: an earlier dossier that the same receiver has.
    /// - Parameter fingerprint: the key's fingerprint as it was told on paper.
    public init(folder: URL, previous: URL?, fingerprint: String?) async throws(NotADossier) {
        try NotADossier.check(folder)
        if let previous { try NotADossier.check(previous) }
        verification = await DossierVerifier.verify(
            FolderDossier(folder), previous: previous.map { FolderDossier($0) }, fingerprint: fingerprint)
    }

    /// Takes what was found.
    public init(_ verification: DossierVerification) { self.verification = verification }

    /// How a program ends.
    public var exit: ProgramExit { verification.isConsistent ? .success : .broken }

    /// The words.
    public func lines(_ strings: Strings) -> [String] {
        let words = strings.table("cli")
        let findings = strings.table("findings")
        var lines: [String] = []
        if verification.isConsistent {
            lines.append(words("dossier-consistent", ["count": String(verification.exhibits.count)]))
            for exhibit in verification.exhibits {
                if let before = exhibit.before {
                    lines.append(
                        words(
                            "dossier-before",
                            [
                                "exhibit": exhibit.number, "time": before.instant.japanText,
                                "authority": exhibit.authority ?? "",
                            ]))
                } else {
                    lines.append(words("dossier-no-time", ["exhibit": exhibit.number]))
                }
            }
            if let previous = verification.previous {
                lines.append(words("dossier-continues", ["size": String(previous)]))
            }
            for root in Set(verification.anchors.map(\.rootFingerprint)).sorted() {
                lines.append(words("dossier-root", ["fingerprint": root]))
            }
            lines.append(words("dossier-compare", ["fingerprint": verification.fingerprint ?? ""]))
            lines.append(words("dossier-limits"))
        } else {
            lines.append(words("dossier-broken", ["count": String(verification.findings.count)]))
            for finding in verification.findings {
                lines.append("  " + findings(finding.code) + (finding.path.map { " (\($0))" } ?? ""))
            }
        }
        return lines
    }

    /// The same for programs.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(verification), as: UTF8.self)
    }
}
