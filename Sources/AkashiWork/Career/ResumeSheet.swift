public import AkashiModel

/// Her career as it stands on paper: what the level leaves out is left out here, before anything is laid out.
public struct ResumeSheet: Sendable, Hashable {
    /// A row of a table of months.
    public struct Row: Sendable, Hashable {
        /// The year, as the style writes it; empty in a heading.
        public let year: String
        /// The month.
        public let month: String
        /// The words.
        public let text: String
        /// Where they stand: in the middle for 学歴 and 職歴, at the right for 以上.
        public let place: Place

        /// Where the words stand.
        public enum Place: String, Sendable {
            /// At the left.
            case left
            /// In the middle.
            case centre
            /// At the right.
            case right
        }
    }

    /// A job in the paper of her career.
    public struct Job: Sendable, Hashable {
        /// From when until when.
        public let span: String
        /// The employer, or what stands for her shop.
        public let employer: String
        /// What the place does.
        public let business: String
        /// Her place in it.
        public let role: String
        /// What she did.
        public let duties: [String]
        /// What came of it.
        public let results: [String]
    }

    /// What she can do, with the jobs that show it.
    public struct Skill: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What shows it.
        public let proofs: [String]
    }

    /// Words that a level puts in the place of what it leaves out, in the language of the paper.
    public struct Substitutes: Sendable, Hashable, Decodable {
        /// For an address that is not told.
        public let address: String
        /// For a photo that is not given.
        public let photo: String
        /// For the name of her shop.
        public let shop: String

        /// Takes the parts.
        public init(address: String, photo: String, shop: String) {
            (self.address, self.photo, self.shop) = (address, photo, shop)
        }
    }

    /// The day of the paper.
    public let day: String
    /// Her name and how it is read.
    public let name: String
    /// How it is read.
    public let reading: String
    /// The day she was born, with her age in full years on the day of the paper; empty where she left it out.
    public let birth: String
    /// Gender, in her words.
    public let gender: String
    /// The photo's frame.
    public let photo: String
    /// Postal code.
    public let postcode: String
    /// Address.
    public let address: String
    /// How it is read.
    public let addressReading: String
    /// Telephone.
    public let phone: String
    /// Mail.
    public let mail: String
    /// Another address to be reached at.
    public let contactPostcode: String
    /// The address.
    public let contactAddress: String
    /// How it is read.
    public let contactReading: String
    /// Its telephone.
    public let contactPhone: String
    /// 学歴・職歴.
    public let history: [Row]
    /// 免許・資格.
    public let licences: [Row]
    /// Why she applies.
    public let motive: String
    /// What she wishes for.
    public let wishes: String
    /// The summary of her career.
    public let summary: String
    /// Jobs, the newest first.
    public let jobs: [Job]
    /// Skills.
    public let skills: [Skill]
    /// About herself.
    public let appeal: String

    /// Lays a career out.
    public init(_ resume: Resume, on date: CivilDate, _ level: PrivacyLevel, _ style: YearStyle, _ substitutes: Substitutes) {
        let veil = Veil(resume, level, substitutes)
        day = style.day(date)
        (name, reading, gender) = (resume.name, resume.reading, resume.gender)
        birth =
            CivilDate(resume.birth).map { born in
                "\(style.day(born))生（満\(Self.age(born, on: date))歳）"
            } ?? ""
        photo = level == .none ? substitutes.photo : ""
        (phone, mail) = (resume.phone, resume.mail)
        (postcode, address, addressReading) = veil.address(resume.address)
        let hasContact = !(resume.contact.town + resume.contact.rest).isEmpty
        (contactPostcode, contactAddress, contactReading) = hasContact ? veil.address(resume.contact) : ("", "", "")
        contactPhone = resume.contactPhone
        history = Self.history(resume, style, veil)
        licences = resume.licences.map { Self.row($0, style, veil) }
        (motive, wishes, summary, appeal) = (
            veil(resume.motive), veil(resume.wishes), veil(resume.summary), veil(resume.appeal)
        )
        jobs = resume.jobs.reversed().map { job in
            Job(
                span: Self.span(job, style), employer: job.isShop ? veil.shop(job.employer) : veil(job.employer),
                business: veil(job.business), role: veil(job.role), duties: job.duties.map(veil.callAsFunction),
                results: job.results.map(veil.callAsFunction))
        }
        skills = Self.skills(resume, veil)
    }

    /// Full years; one is added on the birthday.
    static func age(_ born: CivilDate, on date: CivilDate) -> Int {
        let hadBirthday = (date.month, date.day) >= (born.month, born.day)
        return date.year - born.year - (hadBirthday ? 0 : 1)
    }

    private static func row(_ entry: Resume.Entry, _ style: YearStyle, _ veil: Veil) -> Row {
        let month = style.month(entry.month)
        return Row(year: month?.year ?? "", month: month?.month ?? "", text: veil(entry.text), place: .left)
    }

    /// 学歴, then 職歴, then 以上, as the form is filled in.
    private static func history(_ resume: Resume, _ style: YearStyle, _ veil: Veil) -> [Row] {
        func heading(_ text: String, _ place: Row.Place) -> Row { Row(year: "", month: "", text: text, place: place) }
        var rows: [Row] = []
        if !resume.schooling.isEmpty {
            rows.append(heading("学歴", .centre))
            rows += resume.schooling.map { row($0, style, veil) }
        }
        rows.append(heading("職歴", .centre))
        for job in resume.jobs {
            let name = job.isShop ? veil.shop(job.employer) : veil(job.employer)
            let role = job.role.isEmpty ? "" : "（\(veil(job.role))）"
            rows.append(
                row(Resume.Entry(month: job.from, text: ""), style, veil).with(name + role + (job.isShop ? "　開業" : "　入社")))
            if job.until.isEmpty {
                rows.append(heading("現在に至る", .left))
            } else {
                let end = job.isShop ? "　同店での販売を終了" : "　退職"
                rows.append(row(Resume.Entry(month: job.until, text: ""), style, veil).with(name + end))
            }
        }
        if resume.jobs.isEmpty { rows.append(heading("なし", .left)) }
        rows.append(heading("以上", .right))
        return rows
    }

    private static func span(_ job: Resume.Job, _ style: YearStyle) -> String {
        func month(_ text: String) -> String? { style.month(text).map { "\($0.year)年\($0.month)月" } }
        return "\(month(job.from) ?? "")〜\(job.until.isEmpty ? "現在" : month(job.until) ?? "")"
    }

    /// Her skills with what shows them: her own words first, then results of the jobs that name the skill.
    private static func skills(_ resume: Resume, _ veil: Veil) -> [Skill] {
        var names = resume.skills.map(\.name)
        for name in resume.jobs.flatMap(\.skills) where !names.contains(name) { names.append(name) }
        return names.filter { !$0.isEmpty }.map { name in
            let own = resume.skills.filter { $0.name == name && !$0.detail.isEmpty }.map { veil($0.detail) }
            let jobs = resume.jobs.filter { $0.skills.contains(name) }
            let shown = jobs.flatMap { job in
                (job.results.isEmpty ? job.duties.prefix(1) : job.results.prefix(2)).map { line in
                    let place = job.isShop ? veil.shop(job.employer) : veil(job.employer)
                    return "\(veil(line))（\(place)）"
                }
            }
            return Skill(name: veil(name), proofs: own + shown)
        }
    }
}

extension ResumeSheet.Row {
    fileprivate func with(_ text: String) -> Self { Self(year: year, month: month, text: text, place: place) }
}

/// What a level leaves out of her own words.
private struct Veil {
    private let level: PrivacyLevel
    private let substitutes: ResumeSheet.Substitutes
    /// Words that do not go out, with what stands for them; the longest first.
    private let hidden: [(words: String, instead: String)]

    init(_ resume: Resume, _ level: PrivacyLevel, _ substitutes: ResumeSheet.Substitutes) {
        (self.level, self.substitutes) = (level, substitutes)
        var hidden: [(String, String)] = []
        if level != .full {
            hidden += resume.jobs.filter { $0.isShop }.map { ($0.employer, substitutes.shop) }
            // Not the town: it may be part of the name of a school.
            hidden += [resume.address, resume.contact].flatMap { [($0.rest, ""), ($0.postcode, "")] }.filter { $0.0.count >= 4 }
        }
        self.hidden = hidden.filter { $0.0.count >= 2 }.sorted { $0.0.count > $1.0.count }
    }

    func callAsFunction(_ text: String) -> String {
        hidden.reduce(text) { $0.replacing($1.words, with: $1.instead) }
    }

    func shop(_ name: String) -> String { level == .full ? name : substitutes.shop }

    func address(_ address: Resume.Address) -> (postcode: String, address: String, reading: String) {
        switch level {
        case .none: ("", substitutes.address, "")
        case .town: ("", address.town, "")
        case .full: (address.postcode, address.town + address.rest, address.reading)
        }
    }
}
