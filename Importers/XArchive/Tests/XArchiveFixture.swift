import AkashiIntake
import AkashiModel
import AkashiTesting
import AkashiXArchiveImporter

/// Small archives of each generation, built from text.
struct XArchiveFixture {
    static let owner = "1400000000000000101"

    var files: [(path: String, text: String)] = []

    static func current(_ extra: [(path: String, text: String)] = []) -> XArchiveFixture {
        XArchiveFixture(
            files: [
                ("data/manifest.js", manifest(generated: "2026-11-20T13:14:31.000Z", files: extra.map(\.path))),
                (
                    "data/account.js",
                    """
                    window.YTD.account.part0 = [ { "account" : { "email" : "secret@example.com", "username" : "ito_demo",
                      "accountId" : "\(owner)", "accountDisplayName" : "つむぎ糸" } } ]
                    """
                ),
            ] + extra)
    }

    static func manifest(generated: String, files: [String] = [], isPartial: Bool = false) -> String {
        let list = files.map { "{\"fileName\":\"\($0)\",\"count\":\"1\"}" }.joined(separator: ",")
        return """
            window.__THAR_CONFIG = { "userInfo" : { "accountId" : "\(owner)", "userName" : "ito_demo", "displayName" : "つむぎ糸" },
              "archiveInfo" : { "sizeBytes" : "1", "generationDate" : "\(generated)", "isPartialArchive" : \(isPartial) },
              "dataTypes" : { "some" : { "files" : [ \(list) ] } } }
            """
    }

    /// A post. Ids are numbers above 2^53.
    static func tweet(_ id: String, _ text: String, at: String = "Wed Nov 25 01:02:03 +0000 2026", more: String = "") -> String {
        "{ \"tweet\" : { \"id\" : \"\(id)\", \"id_str\" : \"\(id)\", \"created_at\" : \"\(at)\", \"full_text\" : \"\(text)\"\(more.isEmpty ? "" : ", " + more) } }"
    }

    static func file(_ type: String, part: Int = 0, _ elements: [String]) -> String {
        "window.YTD.\(type).part\(part) = [ \(elements.joined(separator: ",\n")) ]"
    }

    var bytes: [(path: String, bytes: [UInt8])] { files.map { ($0.path, Array($0.text.utf8)) } }

    func read() throws -> ImportResult { try ImportResult(XArchiveImporter(), SealedTree.memory(bytes)) }
}
