import AkashiFormats
import Foundation

/// schema.org JobPosting in saved pages, as JSON-LD and as microdata.
extension PostingReader {
    func page(_ html: String, _ file: String) -> [Posting] {
        var found: [Posting] = []
        var isScript = false
        let pieces = TagReader.pieces(html)
        for piece in pieces {
            switch piece {
            case .begin("script", let attributes, _): isScript = attributes["type"]?.lowercased().contains("ld+json") ?? false
            case .end("script"): isScript = false
            case .words(let json) where isScript:
                guard let value = LooseJSON.value(json) else { continue }
                let named = Self.named(in: value, depth: 0)
                for var object in Self.jobs(in: value, depth: 0) {
                    // What only points at another piece of the page is that piece.
                    for (key, part) in object {
                        if let part = part as? [String: Any], part.count == 1, let id = part["@id"] as? String,
                            let whole = named[id]
                        {
                            object[key] = whole
                        }
                    }
                    var posting = Posting(file: file, index: found.count)
                    fill(&posting, object)
                    found.append(posting)
                }
            default: break
            }
        }
        for var posting in microdata(pieces, file) {
            // The same posting is often there twice, for machines and for people.
            if found.contains(where: { $0.title?.value == posting.title?.value && $0.employer?.value == posting.employer?.value })
            {
                continue
            }
            posting.index = found.count
            found.append(posting)
        }
        let text = PageText.text(pieces)
        if found.isEmpty {
            found = [sheet(text, file, 0)]
        } else if found.count == 1 {
            addVisible(text, to: &found[0])
        }
        return found
    }

    /// What a page shows in its tables and does not say to machines.
    private func addVisible(_ text: String, to posting: inout Posting) {
        var shown = Posting(file: posting.file, index: 0)
        labelled(text, &shown)
        join(&shown)
        if posting.employer == nil { posting.employer = shown.employer }
        if posting.pay == nil { posting.pay = shown.pay }
        if posting.employment == nil { posting.employment = shown.employment }
        if posting.remote == nil, shown.parts[.remote]?.contains("仕事") == false { posting.remote = shown.remote }
        if posting.contact == nil { posting.contact = shown.contact }
        if posting.corporateNumber == nil { posting.corporateNumber = shown.corporateNumber }
        if posting.posted == nil { posting.posted = shown.posted ?? plain.postedDay(in: text) }
        if posting.address == nil, posting.prefecture == nil {
            (posting.address, posting.prefecture, posting.city) = (shown.address, shown.prefecture, shown.city)
        }
    }

    private static func jobs(in value: Any, depth: Int) -> [[String: Any]] {
        guard depth < 12 else { return [] }
        if let list = value as? [Any] { return list.flatMap { jobs(in: $0, depth: depth + 1) } }
        guard let object = value as? [String: Any] else { return [] }
        let types = (object["@type"] as? [String]) ?? (object["@type"] as? String).map { [$0] } ?? []
        if types.contains(where: { $0.hasSuffix("JobPosting") }) { return [object] }
        return object.sorted { $0.key < $1.key }.flatMap { $0.value is String ? [] : jobs(in: $0.value, depth: depth + 1) }
    }

    /// Objects by their `@id`.
    private static func named(in value: Any, depth: Int) -> [String: [String: Any]] {
        guard depth < 12 else { return [:] }
        if let list = value as? [Any] {
            return list.reduce(into: [:]) { $0.merge(named(in: $1, depth: depth + 1)) { one, _ in one } }
        }
        guard let object = value as? [String: Any] else { return [:] }
        var found: [String: [String: Any]] = [:]
        if let id = object["@id"] as? String, object.count > 1 { found[id] = object }
        for (_, part) in object where !(part is String) { found.merge(named(in: part, depth: depth + 1)) { one, _ in one } }
        return found
    }

    private static func text(_ value: Any?) -> String? {
        switch value {
        case let text as String: return text
        case let number as NSNumber:
            return number.doubleValue == number.doubleValue.rounded() ? String(number.int64Value) : "\(number)"
        case let list as [Any]:
            let parts = list.compactMap { text($0) }
            return parts.isEmpty ? nil : parts.joined(separator: " ")
        case let object as [String: Any]: return text(object["name"]) ?? text(object["value"]) ?? text(object["@value"])
        default: return nil
        }
    }

    /// Words of a value; what is written as HTML in it is undone.
    private static func words(_ value: Any?) -> String? {
        text(value).map { $0.contains("<") || $0.contains("&") ? HTMLText.text(of: $0).replacing("\u{a0}", with: " ") : $0 }
    }

    private func fill(_ posting: inout Posting, _ object: [String: Any]) {
        func text(_ name: String) -> String? { Self.words(object[name]) }
        if let title = text("title") ?? text("name") {
            posting.title = Stated(title.trimmingCharacters(in: .whitespacesAndNewlines), title)
        }
        if let employer = text("hiringOrganization") { posting.employer = Stated(employer, employer) }
        if let number = text("identifier"), number.filter(\.isNumber).count == 13 {
            posting.corporateNumber = Stated(number.filter(\.isNumber), number)
        }
        let location = (object["jobLocation"] as? [Any])?.first ?? object["jobLocation"]
        let given = (location as? [String: Any])?["address"] ?? location
        let address = (given as? [Any])?.first ?? given
        if let parts = address as? [String: Any] {
            let region = Self.text(parts["addressRegion"])
            let locality = Self.text(parts["addressLocality"])
            let words = [region, locality, Self.text(parts["streetAddress"])].compactMap { $0 }.joined()
            if !words.isEmpty { posting.address = Stated(words, words) }
            posting.prefecture =
                region.flatMap { plain.prefecture($0) } ?? locality.flatMap { plain.prefecture($0) } ?? plain.prefecture(words)
            posting.city = locality.flatMap { plain.city($0) ?? Stated($0, $0) } ?? plain.city(words)
        } else if let words = Self.text(address) {
            let words = words.trimmingCharacters(in: .whitespacesAndNewlines)
            posting.address = Stated(words, words)
            (posting.prefecture, posting.city) = (plain.prefecture(words), plain.city(words))
        }
        if let kind = text("jobLocationType"), kind.uppercased().contains("TELECOMMUTE") {
            let said = plain.remote(text("description") ?? "")
            posting.remote = said?.value == .partly ? said : Stated(.full, kind)
        }
        if let form = text("employmentType") {
            // CONTRACTOR is said of both: the words tell which.
            let said = form.uppercased().contains("CONTRACTOR") ? plain.employment(text("description") ?? "") : nil
            posting.employment = said.flatMap { [.contract, .freelance].contains($0.value) ? $0 : nil } ?? plain.employment(form)
        }
        if let day = text("datePosted") { posting.posted = plain.day(day) }
        posting.pay = Self.salary(object["baseSalary"], plain)
        posting.url = text("url")
        posting.text = [
            text("title"), text("hiringOrganization"), text("description"), text("workHours"), text("responsibilities"),
            text("qualifications"), text("jobBenefits"),
        ]
        .compactMap { $0 }.joined(separator: "\n")
        if posting.employment == nil { posting.employment = plain.employment(posting.text) }
        for (name, value) in object { if let words = Self.text(value) { posting.named[name] = words } }
    }

    /// More than anybody is paid.
    private static let mostYen = 1e12

    private static func salary(_ value: Any?, _ plain: PlainReading) -> Stated<Pay>? {
        guard let object = value as? [String: Any] else { return text(value).flatMap { plain.pay($0) } }
        let inner = object["value"] as? [String: Any] ?? (object["value"] as? [[String: Any]])?.first ?? object
        let units: [String: Pay.Unit] = ["HOUR": .hour, "DAY": .day, "WEEK": .week, "MONTH": .month, "YEAR": .year]
        let japanese: [(String, Pay.Unit)] = [("時", .hour), ("日", .day), ("週", .week), ("月", .month), ("年", .year)]
        let unit = (text(inner["unitText"]) ?? text(object["unitText"])).flatMap { words in
            units[words.uppercased()] ?? japanese.first { words.contains($0.0) }?.1
        }
        func number(_ name: String) -> Int? {
            let words = text(inner[name]).map {
                PlainReading.plain($0).filter { $0.isNumber && $0.isASCII || $0 == "." || $0 == "万" }
            }
            guard let words, let figure = Double(words.filter { $0 != "万" }) else { return nil }
            let yen = (words.contains("万") ? figure * 10_000 : figure).rounded()
            return yen < Self.mostYen ? Int(yen) : nil
        }
        guard let unit, let least = number("minValue") ?? number("value") ?? text(object["value"]).flatMap({ Int($0) }),
            Double(least) < mostYen
        else {
            return nil
        }
        let most = number("maxValue").flatMap { $0 > least ? $0 : nil }
        return Stated(Pay(unit, least, most), "\(least)\(most.map { "-\($0)" } ?? "") \(unit.rawValue)")
    }

    private func microdata(_ pieces: [TagPiece], _ file: String) -> [Posting] {
        MicrodataReader.jobs(pieces).enumerated().map { posting($1.fields, $1.text, file, $0) }
    }

    /// A posting from its fields of microdata.
    private func posting(_ job: [String: String], _ text: String, _ file: String, _ number: Int) -> Posting {
        var posting = Posting(file: file, index: number)
        var object: [String: Any] = job
        if let employer = job["employer"] ?? job["hiringOrganization"] { object["hiringOrganization"] = employer }
        let parts = job.filter { ["addressRegion", "addressLocality", "streetAddress"].contains($0.key) }
        let written = job["address"] ?? job["jobLocation"]
        object["jobLocation"] = parts.isEmpty ? written.map { ["address": $0] as Any } : ["address": parts] as Any
        if let value = job["minValue"] ?? job["value"] ?? job["baseSalary"] {
            let inner = ["minValue": value, "maxValue": job["maxValue"] ?? "", "unitText": job["unitText"] ?? ""]
            object["baseSalary"] = job["unitText"] == nil ? value as Any : ["value": inner]
        }
        fill(&posting, object)
        posting.text += "\n" + text
        return posting
    }
}
