public import AkashiModel
import Foundation

/// Paths of a dossier, and what a path may look like (docs/dossier-format.md section 1).
public enum DossierPath {
    /// Table of contents.
    public static let contents = "data/contents.json"
    /// The last checkpoint.
    public static let checkpoint = "data/proof/checkpoint"
    /// The ledger's key.
    public static let key = "data/proof/ledger.vkey"
    /// The entry of this dossier.
    public static let exported = "data/proof/exported.json"
    /// Its proof.
    public static let exportedProof = "data/proof/exported.tlog-proof"
    /// BagIt's declaration.
    public static let declaration = "bagit.txt"
    /// BagIt's metadata.
    public static let info = "bag-info.txt"
    /// BagIt's payload manifest.
    public static let manifest = "manifest-sha256.txt"
    /// BagIt's tag manifest.
    public static let tagManifest = "tagmanifest-sha256.txt"

    /// The only bytes that ``declaration`` may have.
    public static let declarationText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

    /// The tag files, without the tag manifest.
    public static let tagFiles = [info, declaration, manifest]

    /// Whether a path's file is made after the table of contents is fixed.
    public static func isDerived(_ path: String) -> Bool {
        [contents, checkpoint, exported].contains(path) || path.hasSuffix(".tlog-proof") || path.hasSuffix(".consistency")
    }

    /// Whether a path may stand in the table of contents.
    static func isListable(_ path: String) -> Bool { path == info || path.hasPrefix("data/") && !isDerived(path) }

    /// A manifest: one line for each path, sorted by the bytes of the path.
    public static func manifestText(_ digests: [String: ContentDigest]) -> String {
        digests.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { "\($0.value.hex)  \($0.key)\n" }.joined()
    }

    /// Whether a whole path is in NFC and every part of it may be a file's name.
    public static func isAllowed(_ path: String) -> Bool {
        path.precomposedStringWithCanonicalMapping.utf8.elementsEqual(path.utf8)
            && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isAllowedName)
    }

    /// Whether a name is taken for the same everywhere: no character that some system cannot hold or that plays tricks
    /// on the eye, no name that a system keeps for itself, no blank or dot that it would drop.
    public static func isAllowedName(_ name: some StringProtocol) -> Bool {
        guard let first = name.unicodeScalars.first, let last = name.unicodeScalars.last, first != " ", last != " ", last != "."
        else { return false }
        let stem = name.prefix { $0 != "." }.uppercased()
        let isNumbered = stem.utf8.count == 4 && (stem.hasPrefix("COM") || stem.hasPrefix("LPT")) && stem.last?.isNumber == true
        return !["CON", "PRN", "AUX", "NUL"].contains(stem) && !isNumbered && name.unicodeScalars.allSatisfy(isAllowedScalar)
    }

    /// Whether a character may stand in a name.
    public static func isAllowedScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF0...0xFFFF, 0xE0000...0xE0FFF:
            false
        default: !"/\\:*?\"<>|%".unicodeScalars.contains(scalar)
        }
    }
}
