public import AkashiCasework
import AkashiFormats
import AkashiIntake
import AkashiKnowledge
import AkashiMedia
public import AkashiModel
import AkashiVault
public import AkashiWork

/// A posting on her desk: how it stands beside her wishes, what is to be said of it, where else it was seen.
public struct PostingOnDesk: Sendable {
    /// The sealed file that holds it.
    public let digest: ContentDigest
    /// Which in its file, from 0.
    public let index: Int
    /// How it stands beside her wishes.
    public let ranked: RankedPosting
    /// What is to be said of it.
    public let findings: [PostingFinding]
    /// What kind of work it is; nil where the title does not say.
    public let occupation: Occupations.Group?
    /// Names of other files in which the same posting stands.
    public let alsoIn: [String]

    /// The posting.
    public var posting: Posting { ranked.posting }
}

extension Desk {
    /// Takes the postings of a file in. The file is sealed only if a posting could be read of it.
    ///
    /// - Returns: how many postings it holds.
    /// - Throws: ``WorkErrorCode/nothingRead``, and the vault is as it was.
    public func keepPostings(_ bytes: [UInt8], name: String) throws -> Int {
        let name = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map { String($0.prefix(200)) } ?? "posting.txt"
        let readers = try workReaders()
        let postings = Self.read(bytes, name, readers)
        guard !postings.isEmpty else { throw WorkError(.nothingRead) }
        let item = IntakeItem(source: SourceDescription(way: .posting, path: name)) { MemoryBytes(bytes).stream() }
        var sealed: ContentDigest?
        try vault.seal([item], isKnown: { try index.isSealed($0) }) { sealed = $0.digest }
        try index.catchUp()
        guard let sealed else { throw WorkError(.nothingRead) }
        if try !index.postingFiles().contains(where: { $0.digest == sealed }) {
            try append([try EntryDraft(.decision, Decision.keepPostings(sealed, name: name, isDropped: false))])
        }
        readPostings[sealed] = postings
        return postings.count
    }

    /// Takes the postings of a captured or saved page in.
    ///
    /// - Throws: ``WorkErrorCode/nothingRead``, ``CaseworkErrorCode/unknownRecord``.
    public func keepPostings(of record: LogPosition) throws -> Int {
        try requireRecord(record)
        guard let page = try keptPage(of: record, needsAddress: false) else { throw WorkError(.nothingRead) }
        return try keepPostings(Array(page.html.utf8), name: "page-\(record).html")
    }

    /// Files of postings that are on the desk, the oldest first.
    public func postingFiles() throws -> [PostingFile] { try index.postingFiles() }

    /// Takes a file of postings off the desk. Applications that came from it stay.
    public func dropPostings(_ digest: ContentDigest) throws {
        guard let file = try index.postingFiles().first(where: { $0.digest == digest }) else { return }
        try append([try EntryDraft(.decision, Decision.keepPostings(digest, name: file.name, isDropped: true))])
    }

    /// All postings, the best first; those that break a limit last. The same posting seen twice is there once.
    public func postings() throws -> [PostingOnDesk] { try remembered("postings") { try workedOutPostings() } }

    private func workedOutPostings() throws -> [PostingOnDesk] {
        let readers = try workReaders()
        let files = try index.postingFiles()
        let own = try files.flatMap { file in try postings(of: file, readers).map { (file: file, posting: $0) } }
        let same = SamePostings.find(own.map(\.posting))
        let kept = own.indices.filter { same[$0] == nil }
        var elsewhere: [Int: [String]] = [:]
        for (copy, first) in same.sorted(by: { $0.key < $1.key }) { elsewhere[first, default: []].append(own[copy].file.name) }
        // Files of one name are told apart by the place in this list.
        let places = Dictionary(kept.map { (Self.key(own[$0].file.digest, own[$0].posting.index), $0) }) { first, _ in first }
        let renamed = kept.map { own[$0].posting.inFile(own[$0].file.digest.hex) }
        return readers.ranker.rank(renamed, try wishes()).compactMap { ranked in
            guard let digest = ContentDigest(hex: ranked.posting.file),
                let place = places[Self.key(digest, ranked.posting.index)]
            else { return nil }
            return PostingOnDesk(
                digest: digest, index: ranked.posting.index, ranked: ranked, findings: readers.checker.check(ranked.posting),
                occupation: ranked.posting.title.flatMap { readers.occupations.group(ofTitle: $0.value) },
                alsoIn: elsewhere[place] ?? [])
        }
    }

    private static func key(_ digest: ContentDigest, _ index: Int) -> String { "\(digest.hex)/\(index)" }

    private func postings(of file: PostingFile, _ readers: WorkReaders) throws -> [Posting] {
        if let known = readPostings[file.digest] { return known }
        guard try index.evidence(file.digest)?.state == .sealed else { return [] }
        let postings = Self.read(try read(file.digest), file.name, readers)
        readPostings[file.digest] = postings
        return postings
    }

    /// A PDF's words are read as a sheet.
    private static func read(_ bytes: [UInt8], _ name: String, _ readers: WorkReaders) -> [Posting] {
        var bytes = bytes
        if bytes.starts(with: Array("%PDF".utf8)) {
            guard let pages = try? PDFReading.pages(bytes) else { return [] }
            bytes = Array(pages.joined(separator: "\n").utf8)
        }
        let (postings, problems) = readers.reader.read(bytes, file: name)
        return problems.isEmpty ? postings : []
    }

    /// What looks at postings, read once.
    func workReaders() throws -> WorkReaders {
        if let readers = work { return readers }
        let readers = try WorkReaders(environment.knowledge)
        work = readers
        return readers
    }
}
