import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiWork
import Foundation
import HTTPTypes

/// Her career, written once for all papers.
struct CareerPage: Page {
    static let template = "career"
    static let title = "career.title"
    static let room = Room.work

    struct Job: Sendable {
        let number: String
        let heading: String
        let jobEmployer: String
        let isShop: Bool
        let business: String
        let role: String
        let from: String
        let until: String
        let duties: String
        let results: String
        let skills: String
    }

    let person: Resume
    let town: String
    let schooling: String
    let jobs: [Job]
    let licences: String
    let skills: String
    let missing: String?
    let shop: String?
    let isSaved: Bool
}

extension Rooms {
    /// Jobs of a form at the most.
    private static let mostJobs = 40

    func addCareer(_ register: Register) {
        register(.get, "work/career", .owner) { visit in .page(try await career(visit)) }
        register(.post, "work/career", .owner) { visit in
            try await visit.desk.keepResume(Self.resume(visit.form))
            return .go("/work/career?saved=1")
        }
        register(.post, "work/career/shop", .owner) { visit in
            try await visit.desk.addShopToResume()
            return .go("/work/career?saved=1#jobs")
        }
        register(.post, "work/career/import", .owner) { visit in
            guard let file = visit.form.files.first(where: { !$0.bytes.isEmpty }) else { return .go("/work/career") }
            try await visit.desk.keepResume(try JSONResume.read(file.bytes))
            return .go("/work/career?saved=1")
        }
        register(.post, "work/career/export", .owner) { visit in
            .file(JSONResume.write(try await visit.desk.resume()), name: "resume.json", type: "application/json")
        }
    }

    private func career(_ visit: Visit) async throws -> CareerPage {
        let resume = try await visit.desk.resume()
        let none = Resume.Job()
        let jobs = (resume.jobs + [none]).enumerated().map { number, job in
            CareerPage.Job(
                number: String(number),
                heading: job == none
                    ? visit.words("career.job.new") : job.employer.isEmpty ? visit.words("career.job") : job.employer,
                jobEmployer: job.employer, isShop: job.isShop, business: job.business, role: job.role, from: job.from,
                until: job.until,
                duties: job.duties.joined(separator: "\n"), results: job.results.joined(separator: "\n"),
                skills: job.skills.joined(separator: visit.words("comma")))
        }
        let shop = try await visit.desk.shopCareer()
        return CareerPage(
            person: resume, town: resume.address.town, schooling: CareerLines.text(resume.schooling), jobs: jobs,
            licences: CareerLines.text(resume.licences),
            skills: resume.skills.map { [$0.name, $0.detail].filter { !$0.isEmpty }.joined(separator: "：") }.joined(
                separator: "\n"),
            missing: resume == Resume() ? nil : resume.missing.first.map { visit.words("career.missing." + $0.rawValue) },
            shop: resume.jobs.contains(where: \.isShop)
                ? nil : shop.map { visit.words("career.shop", ["orders": String($0.orders), "month": $0.firstMonth]) },
            isSaved: visit.asked("saved") != nil)
    }

    private static func resume(_ form: Form) -> Resume {
        var resume = Resume()
        (resume.name, resume.reading, resume.birth) = (form.text("name"), form.text("reading"), form.text("birth"))
        (resume.gender, resume.phone, resume.mail) = (form.text("gender"), form.text("phone"), form.text("mail"))
        resume.address = address("home", form)
        resume.contact = address("contact", form)
        resume.contactPhone = form.text("contactPhone")
        resume.schooling = CareerLines.entries(form.text("schooling"))
        resume.licences = CareerLines.entries(form.text("licences"))
        (resume.motive, resume.wishes) = (form.text("motive"), form.text("wishes"))
        (resume.summary, resume.appeal) = (form.text("summary"), form.text("appeal"))
        resume.skills = CareerLines.list(form.text("skills")).map { line in
            let parts = line.split(maxSplits: 1, whereSeparator: { "：:".contains($0) }).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            return Resume.Skill(name: parts.first ?? "", detail: parts.count > 1 ? parts[1] : "")
        }
        for number in 0..<mostJobs {
            let job = job(number, form)
            if job.employer.isEmpty, job.duties.isEmpty, job.role.isEmpty { continue }
            resume.jobs.append(job)
        }
        // The oldest first; what has no month yet stays where it is.
        resume.jobs = resume.jobs.enumerated().sorted {
            ($0.element.from.isEmpty ? "9999" : $0.element.from, $0.offset) < (
                $1.element.from.isEmpty ? "9999" : $1.element.from, $1.offset
            )
        }.map(\.element)
        return resume
    }

    private static func address(_ name: String, _ form: Form) -> Resume.Address {
        var address = Resume.Address()
        address.postcode = form.text(name + "Postcode")
        address.town = form.text(name + "Town")
        address.rest = form.text(name + "Rest")
        address.reading = form.text(name + "Reading")
        return address
    }

    private static func job(_ number: Int, _ form: Form) -> Resume.Job {
        func text(_ name: String) -> String { form.text("job\(number)-\(name)") }
        var job = Resume.Job()
        (job.employer, job.business, job.role) = (text("employer"), text("business"), text("role"))
        job.isShop = text("shop") == "yes"
        (job.from, job.until) = (CareerLines.month(only: text("from")), CareerLines.month(only: text("until")))
        (job.duties, job.results) = (CareerLines.list(text("duties")), CareerLines.list(text("results")))
        job.skills = text("skills").split(whereSeparator: { "、,，\n".contains($0) }).map {
            $0.trimmingCharacters(in: .whitespaces)
        }.filter { !$0.isEmpty }
        return job
    }
}
