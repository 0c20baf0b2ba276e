public import AkashiModel
import Foundation

/// The open form of careers: JSON Resume, schema 1.0.0 (jsonresume.org/schema). What it has no place for is kept under `meta.akashi`.
public enum JSONResume {
    private struct File: Codable {
        struct Location: Codable {
            var address: String?
            var postalCode: String?
            var city: String?
            var countryCode: String?
            var region: String?
        }
        struct Basics: Codable {
            var name: String?
            var label: String?
            var email: String?
            var phone: String?
            var summary: String?
            var location: Location?
        }
        struct Work: Codable {
            var name: String?
            /// The name of the field in older files.
            var company: String?
            var position: String?
            var description: String?
            var startDate: String?
            var endDate: String?
            var summary: String?
            var highlights: [String]?
        }
        struct Education: Codable {
            var institution: String?
            var area: String?
            var studyType: String?
            var startDate: String?
            var endDate: String?
        }
        struct Certificate: Codable {
            var name: String?
            var date: String?
            var issuer: String?
        }
        struct Skill: Codable {
            var name: String?
            var level: String?
            var keywords: [String]?
        }
        struct Meta: Codable {
            var version: String?
            var akashi: Resume?
        }
        var basics: Basics?
        var work: [Work]?
        var education: [Education]?
        var certificates: [Certificate]?
        var skills: [Skill]?
        var meta: Meta?
    }

    /// Reads one. A file that this program wrote comes back whole.
    ///
    /// - Throws: ``WorkErrorCode/resumeUnreadable``.
    public static func read(_ bytes: [UInt8]) throws(WorkError) -> Resume {
        guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)) else { throw WorkError(.resumeUnreadable) }
        if let own = file.meta?.akashi { return own }
        guard file.basics != nil || file.work != nil || file.education != nil else { throw WorkError(.resumeUnreadable) }
        var resume = Resume()
        resume.name = file.basics?.name ?? ""
        resume.phone = file.basics?.phone ?? ""
        resume.mail = file.basics?.email ?? ""
        resume.summary = file.basics?.summary ?? ""
        if let location = file.basics?.location {
            resume.address.postcode = location.postalCode ?? ""
            resume.address.town = (location.region ?? "") + (location.city ?? "")
            resume.address.rest = location.address ?? ""
        }
        resume.jobs = (file.work ?? []).map(job).sorted { $0.from < $1.from }
        resume.schooling = (file.education ?? []).flatMap(schooling).sorted { $0.month < $1.month }
        resume.licences = (file.certificates ?? []).map {
            Resume.Entry(month: month($0.date), text: [$0.name, $0.issuer].compactMap { $0 }.joined(separator: "　"))
        }
        resume.skills = (file.skills ?? []).map {
            Resume.Skill(name: $0.name ?? "", detail: ([$0.level].compactMap { $0 } + ($0.keywords ?? [])).joined(separator: "、"))
        }
        return resume
    }

    private static func job(_ work: File.Work) -> Resume.Job {
        var job = Resume.Job()
        job.employer = work.name ?? work.company ?? ""
        job.role = work.position ?? ""
        job.business = work.description ?? ""
        job.from = month(work.startDate)
        job.until = month(work.endDate)
        job.duties = work.summary.map { $0.split(whereSeparator: \.isNewline).map(String.init) } ?? []
        job.results = work.highlights ?? []
        return job
    }

    private static func schooling(_ education: File.Education) -> [Resume.Entry] {
        let name = [education.institution, education.area, education.studyType].compactMap { $0 }.joined(separator: " ")
        let start = education.startDate.map { Resume.Entry(month: month($0), text: name + "　入学") }
        let end = education.endDate.map { Resume.Entry(month: month($0), text: name + "　卒業") }
        let both = [start, end].compactMap { $0 }
        return both.isEmpty ? [Resume.Entry(month: "", text: name)] : both
    }

    /// Its dates are a year, a month or a day (ISO 8601); ours are months.
    private static func month(_ date: String?) -> String {
        guard let date else { return "" }
        return date.count >= 7 ? String(date.prefix(7)) : date.count == 4 ? date + "-01" : ""
    }

    /// Writes one. Schooling has no place for words of its own there; it comes back from `meta.akashi`.
    public static func write(_ resume: Resume) -> [UInt8] {
        func some(_ text: String) -> String? { text.isEmpty ? nil : text }
        var file = File()
        let location = File.Location(
            address: some(resume.address.rest), postalCode: some(resume.address.postcode), city: some(resume.address.town),
            countryCode: "JP", region: nil)
        file.basics = File.Basics(
            name: some(resume.name), label: nil, email: some(resume.mail), phone: some(resume.phone),
            summary: some(resume.summary),
            location: some(resume.address.rest + resume.address.town) == nil ? nil : location)
        file.work = resume.jobs.reversed().map {
            File.Work(
                name: some($0.employer), company: nil, position: some($0.role), description: some($0.business),
                startDate: some($0.from), endDate: some($0.until), summary: some($0.duties.joined(separator: "\n")),
                highlights: $0.results)
        }
        file.education = resume.schooling.map {
            File.Education(institution: some($0.text), area: nil, studyType: nil, startDate: nil, endDate: some($0.month))
        }
        file.certificates = resume.licences.map { File.Certificate(name: some($0.text), date: some($0.month), issuer: nil) }
        file.skills = resume.skills.map {
            File.Skill(name: some($0.name), level: nil, keywords: $0.detail.isEmpty ? [] : [$0.detail])
        }
        file.meta = File.Meta(version: "v1.0.0", akashi: resume)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return (try? encoder.encode(file)).map { Array($0) + [0x0A] } ?? []
    }
}
