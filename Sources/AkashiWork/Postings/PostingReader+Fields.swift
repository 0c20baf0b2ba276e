import AkashiText
import Foundation

extension PostingReader {
    /// Puts a field where it belongs; what has no place of its own is kept by its name.
    func set(_ label: String, _ value: String, in posting: inout Posting) {
        let value = value.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !value.isEmpty else { return }
        posting.named[label, default: ""] += (posting.named[label] == nil ? "" : "\n") + value
        guard let kind = labels.kind(of: label) else { return }
        posting.parts[kind, default: value] = posting.parts[kind] ?? value
        fill(kind, label, Self.line(of: value, for: kind, plain), in: &posting)
    }

    /// The line of a value that says it: the address below 〒, the name below how it is read.
    private static func line(of value: String, for kind: LabelTable.Kind, _ plain: PlainReading) -> String {
        let lines = value.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            !$0.isEmpty
        }
        guard lines.count > 1 else { return value }
        switch kind {
        case .other, .pay: return value
        case .place, .office:
            let named = lines.first { plain.prefecture($0) != nil } ?? lines.first { plain.city($0) != nil }
            let home = lines.first { $0.contains("自宅") || $0.hasPrefix("在宅") }
            return home ?? named ?? lines[0]
        case .employer:
            return lines.first { line in !line.unicodeScalars.allSatisfy { isKana($0) } } ?? lines[0]
        default: return lines[0]
        }
    }

    /// How a name is read, as Hello Work writes it above the name.
    private static func isKana(_ scalar: Unicode.Scalar) -> Bool {
        (0x30A0...0x30FF).contains(scalar.value) || (0xFF66...0xFF9F).contains(scalar.value) || scalar.properties.isWhitespace
            || "()（）・-－".unicodeScalars.contains(scalar)
    }

    private func fill(_ kind: LabelTable.Kind, _ label: String, _ value: String, in posting: inout Posting) {
        switch kind {
        case .title: if posting.title == nil { posting.title = Stated(value, value) }
        case .employer: if posting.employer == nil { posting.employer = Stated(value, value) }
        case .place where value.contains("同じ"): break
        case .place where value.contains("自宅") || value.hasPrefix("在宅"):
            // Her own home: no place of the posting.
            (posting.address, posting.prefecture, posting.city) = (nil, nil, nil)
            posting.remote = posting.remote ?? Stated(.full, value)
            posting.named["home"] = value
        case .office where posting.named["home"] != nil: break
        case .place, .office:
            if posting.address == nil || kind == .place {
                posting.address = Stated(value, value)
                if let prefecture = plain.prefecture(value) { posting.prefecture = prefecture }
                if let city = plain.city(value) { posting.city = city }
            }
        case .pay:
            if posting.pay == nil {
                let form = posting.parts[.payUnit].map { PlainReading.plain($0) }
                posting.pay =
                    plain.pay(value) ?? plain.pay(LabelTable.key(label) + value) ?? form.flatMap { plain.pay($0 + value) }
            }
        case .employment: if posting.employment == nil { posting.employment = plain.employment(value) }
        case .remote: posting.remote = plain.remoteField(value) ?? posting.remote
        case .posted: if posting.posted == nil { posting.posted = plain.day(value) }
        case .corporateNumber:
            let digits = PlainReading.plain(value).filter(\.isNumber)
            if !digits.isEmpty { posting.corporateNumber = Stated(digits, value) }
        case .contact: if posting.contact == nil { posting.contact = Stated(value, value) }
        case .url: posting.url = value
        case .other, .basePay, .region, .locality, .street, .payUnit, .payLeast, .payMost, .weakEmployer, .weakPosted: break
        }
    }

    /// Puts together what stood in columns of its own.
    func join(_ posting: inout Posting) {
        let region = posting.parts[.region]
        let locality = posting.parts[.locality]
        if region != nil || locality != nil {
            let words = [region, locality, posting.parts[.street]].compactMap { $0 }.joined()
            if posting.address == nil { posting.address = Stated(words, words) }
            if posting.prefecture == nil { posting.prefecture = (region ?? locality).flatMap { plain.prefecture($0) } }
            if posting.city == nil { posting.city = locality.flatMap { plain.city($0) } }
        }
        if posting.pay == nil, let least = posting.parts[.payLeast] {
            let figure = least.contains("円") ? least : least + "円"
            let most = posting.parts[.payMost].map { "~" + ($0.contains("円") ? $0 : $0 + "円") } ?? ""
            posting.pay = plain.pay((posting.parts[.payUnit] ?? "") + figure + most)
        }
        if posting.pay == nil, let words = posting.parts[.pay] {
            posting.pay = plain.pay((posting.parts[.payUnit] ?? "月給") + words)
        }
        if posting.posted == nil, let day = posting.parts[.weakPosted] { posting.posted = plain.day(day) }
        if posting.pay == nil, let base = posting.parts[.basePay] {
            let form = posting.parts[.payUnit] ?? ""
            posting.pay = plain.pay(form + base) ?? plain.pay("月給" + base)
        }
        if posting.employer == nil, let weak = posting.parts[.weakEmployer] { posting.employer = Stated(weak, weak) }
    }
}
