import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiWork
import HTTPTypes

/// Letters about work.
struct CareerLettersPage: Page {
    static let template = "career-letters"
    static let title = "letters.title"
    static let room = Room.work

    struct Letter: Sendable {
        let id: String
        let name: String
        let when: String
    }

    let letters: [Letter]
}

/// One letter, with what she filled in.
struct CareerLetterPage: Page {
    static let template = "career-letter"
    static let title = "letters.title"
    static let room = Room.work

    struct Blank: Sendable {
        let id: String
        let name: String
        let value: String
        let example: String
    }

    let id: String
    let name: String
    let when: String
    let before: [String]
    let blanks: [Blank]
    let text: String
}

/// Neutral words for a time in which she worked less.
struct GapPage: Page {
    static let template = "gap"
    static let title = "gap.title"
    static let room = Room.work

    struct Tone: Sendable {
        let name: String
        let text: String
    }

    let before: [String]
    let from: String
    let until: String
    let tones: [Tone]
    let asked: [String]
}

extension Rooms {
    func addCareerLetters(_ register: Register) {
        register(.get, "work/letters", .owner) { visit in
            let letters = try await visit.desk.careerLetters().letters.map {
                CareerLettersPage.Letter(id: $0.id, name: $0.name[visit.language], when: $0.when[visit.language])
            }
            return .page(CareerLettersPage(letters: letters))
        }
        register(.get, "work/letters/:letter", .owner) { visit in .page(try await letter(visit)) }
        register(.post, "work/letters/:letter", .owner) { visit in .page(try await letter(visit)) }
        register(.get, "work/gap", .owner) { visit in .page(try await gap(visit)) }
        register(.post, "work/gap", .owner) { visit in .page(try await gap(visit)) }
    }

    private func letter(_ visit: Visit) async throws -> CareerLetterPage {
        let letters = try await visit.desk.careerLetters()
        let id = visit.parameters["letter"] ?? ""
        guard let letter = letters.letters.first(where: { $0.id == id }) else {
            throw DeskError(.guideUnknown, ["name": String(id.prefix(40))])
        }
        let resume = try await visit.desk.resume()
        var values: [String: String] = [:]
        for blank in letter.blanks { values[blank] = visit.form.optional(blank) }
        if values["name"] == nil, !resume.name.isEmpty { values["name"] = resume.name }
        if values["contact"] == nil {
            let contact = [resume.mail, resume.phone].first { !$0.isEmpty }
            values["contact"] = contact
        }
        if values["date"] == nil { values["date"] = visit.dayText(await visit.desk.today()) }
        let language = visit.language
        var text = letter.text[language]
        for (blank, value) in values { text = text.replacing("{\(blank)}", with: value) }
        // What is still empty is shown by its name, so that it is not sent so.
        for blank in letters.blanks { text = text.replacing("{\(blank.id)}", with: "（\(blank.name[language])）") }
        return CareerLetterPage(
            id: id, name: letter.name[language], when: letter.when[language], before: letter.before.map { $0[language] },
            blanks: letters.blanks.filter { letter.blanks.contains($0.id) }.map {
                CareerLetterPage.Blank(
                    id: $0.id, name: $0.name[language], value: values[$0.id] ?? "", example: $0.example?[language] ?? "")
            }, text: text)
    }

    private func gap(_ visit: Visit) async throws -> GapPage {
        let gap = try await visit.desk.careerLetters().gap
        let language = visit.language
        let from = visit.form.text("from")
        let until = visit.form.text("until")
        func filled(_ text: String) -> String {
            text.replacing("{from}", with: from.isEmpty ? visit.words("gap.from") : from)
                .replacing("{until}", with: until.isEmpty ? visit.words("gap.until") : until)
        }
        return GapPage(
            before: gap.before.map { $0[language] }, from: from, until: until,
            tones: gap.lines.map { GapPage.Tone(name: $0.tone[language], text: filled($0.text[language])) },
            asked: gap.asked.map { $0[language] })
    }
}
