import AkashiIntake
import AkashiModel
import Foundation

/// What `manifest.js` says: whose archive, from when, which files.
struct XManifest {
    let owner: ClaimedAccount?
    let exportedAt: ClaimedTime?
    let isPartial: Bool
    /// Paths of the files it lists, below the archive's folder.
    let fileNames: [String]

    /// Reads the script: what follows the first `=`. Nothing is evaluated.
    init?(_ bytes: [UInt8]) {
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
            let body = try? JSONDecoder().decode(Body.self, from: Data(bytes[(equals + 1)...]))
        else { return nil }
        owner = body.owner
        exportedAt = body.exportedAt
        isPartial = body.isPartial
        fileNames = body.fileNames
    }

    private struct Body: Decodable {
        let owner: ClaimedAccount?
        let exportedAt: ClaimedTime?
        let isPartial: Bool
        let fileNames: [String]

        init(from decoder: any Decoder) throws {
            let object = try LenientObject(decoder)
            let user: Fields? = object.value("userInfo")
            owner = user.flatMap { user in
                guard user["accountId"] != nil || user["userName"] != nil else { return nil }
                return ClaimedAccount(
                    platform: .x, id: user["accountId"], handle: user["userName"], displayName: user["displayName"])
            }
            let archive: Fields? = object.value("archiveInfo")
            exportedAt = archive?["generationDate"].flatMap(XTime.iso)
            isPartial = archive?["isPartialArchive"] == "true"
            let types: [String: Maybe<DataType>] = object.value("dataTypes") ?? [:]
            fileNames = types.values.flatMap { $0.value?.names ?? [] }.sorted()
        }
    }

    private struct DataType: Decodable {
        let names: [String]

        init(from decoder: any Decoder) throws {
            let files: [Fields] = try LenientObject(decoder).list("files")
            names = files.compactMap { $0["fileName"] }
        }
    }
}

/// The plain fields of an object, as text.
struct Fields: Decodable {
    private let object: LenientObject

    init(from decoder: any Decoder) throws { object = try LenientObject(decoder) }

    subscript(key: String) -> String? {
        if let text = object.text(key) { return text }
        return object.flag(key).map { $0 ? "true" : "false" }
    }
}

/// What `account.js` says of the account. The mail address in it is not read.
enum XAccount {
    static func read(_ bytes: [UInt8]) -> ClaimedAccount? {
        guard let start = bytes.firstIndex(of: UInt8(ascii: "[")),
            let list = try? JSONDecoder().decode([Maybe<Element>].self, from: Data(bytes[start...]))
        else { return nil }
        return list.compactMap(\.value).first?.account
    }

    private struct Element: Decodable {
        let account: ClaimedAccount

        init(from decoder: any Decoder) throws {
            let object = try LenientObject(decoder)
            let fields: Fields? = object.value("account")
            guard let fields, let id = fields["accountId"] else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no account"))
            }
            account = ClaimedAccount(
                platform: .x, id: id, handle: fields["username"], displayName: fields["accountDisplayName"])
        }
    }
}
