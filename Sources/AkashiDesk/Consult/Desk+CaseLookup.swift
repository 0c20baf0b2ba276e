import AkashiActions
import AkashiCasework
import AkashiConsult
import AkashiDocuments
import AkashiKnowledge
import AkashiModel

/// What the case says to what she asks: values with the place they stand in. It uncovers nothing and takes no words of others, only days,
/// counts, names of platforms, and what she wrote down herself.
extension Desk {
    /// Lines of a kind at the most: a frightened person reads three.
    private static let mostLines = 3
    private static let mostNeeds = 6

    /// What the case says. Never empty: where it has nothing, it says so.
    func findings(_ inquiry: CaseInquiry, _ tongue: CaseTongue) throws -> [CaseFinding] {
        let caseFile = try index.cases().first
        switch inquiry.topic {
        case .deadlines: return try dates(caseFile, inquiry, tongue)
        case .sent: return try whatWasSent(caseFile, inquiry, tongue)
        case .bring: return try whatToBring(caseFile, inquiry, tongue)
        case .missing: return try whatIsMissing(tongue)
        case .talks: return talks(caseFile, inquiry, tongue)
        case .held: return try whatIsHeld(inquiry, tongue)
        case .guide, .outside, .chat, .happened, .feeling: return []
        }
    }

    private func dates(_ caseFile: CaseFile?, _ inquiry: CaseInquiry, _ tongue: CaseTongue) throws -> [CaseFinding] {
        guard let caseFile else { return [CaseFinding("deadlineNone", [:], [.page("deadlines")])] }
        let today = today()
        var found: [CaseFinding] = []
        for request in try index.platformRequests(caseFile.id)
        where inquiry.platform == nil || inquiry.platform == request.platform {
            guard let due = try answerDue(request) else { continue }
            found.append(
                CaseFinding(
                    "requestDue",
                    [
                        "platform": tongue.platform(request.platform),
                        "kind": tongue.desk("request.kind." + request.kind.rawValue),
                        "day": tongue.day(due),
                    ], [.page("reports/\(request.id)")]))
        }
        for talk in caseFile.consultations {
            guard let by = talk.nextBy.flatMap(CivilDate.init), by >= today, let next = talk.next else { continue }
            guard inquiry.role.map({ $0.rawValue == talk.role.rawValue }) ?? true else { continue }
            found.append(CaseFinding("promise", ["day": tongue.day(by), "what": tongue.short(next)], [.page("talks")]))
        }
        if inquiry.role == nil, inquiry.platform == nil || found.isEmpty { found += try periods(caseFile, today, tongue) }
        return found.isEmpty ? [CaseFinding("deadlineNone", [:], [.page("deadlines")])] : Array(found.prefix(2 * Self.mostLines))
    }

    /// What runs, what waits for a day, or else what has passed.
    private func periods(_ caseFile: CaseFile, _ today: CivilDate, _ tongue: CaseTongue) throws -> [CaseFinding] {
        let board = try deadlineBoard(caseFile.id)
        var found: [CaseFinding] = []
        for (deadline, _, _) in board.next(on: today).prefix(Self.mostLines) {
            let days = deadline.daysLeft(on: today)
            found.append(
                CaseFinding(
                    days == 0 ? "deadlineToday" : "deadline",
                    [
                        "name": deadline.rule.name[tongue.language], "day": tongue.day(deadline.counted.lastDay),
                        "days": String(days),
                    ], source(of: deadline)))
        }
        if found.isEmpty {
            for (deadline, _) in board.passed(on: today).prefix(Self.mostLines) {
                found.append(
                    CaseFinding(
                        "deadlinePassed",
                        ["name": deadline.rule.name[tongue.language], "day": tongue.day(deadline.counted.lastDay)],
                        source(of: deadline)))
            }
        }
        if let waiting = board.waiting.first, let fact = try factDefinition(waiting.fact) {
            found.append(
                CaseFinding(
                    "deadlineWaits",
                    ["name": waiting.rule.name[tongue.language], "fact": fact.question[tongue.language]], [.page("facts")]))
        }
        return found
    }

    private func source(of deadline: CaseDeadline) -> [CaseFinding.Source] {
        switch deadline.subject {
        case .post(let position): return [.record(position.index), .page("deadlines")]
        case .request(let id): return [.page("reports/\(id)"), .page("deadlines")]
        case .fact:
            if case .evidence(let records) = deadline.origin, let first = records.first {
                return [.record(first.index), .page("deadlines")]
            }
            return [.page("deadlines")]
        }
    }

    private func whatWasSent(_ caseFile: CaseFile?, _ inquiry: CaseInquiry, _ tongue: CaseTongue) throws -> [CaseFinding] {
        var found: [CaseFinding] = []
        let requests = try caseFile.map { try index.platformRequests($0.id) } ?? []
        let wanted = requests.filter { inquiry.platform == nil || $0.platform == inquiry.platform }
        if inquiry.role == nil || inquiry.role == .platform || inquiry.platform != nil {
            for request in wanted.reversed().prefix(Self.mostLines) { found += lines(of: request, tongue) }
        }
        if inquiry.platform == nil {
            for export in try index.exports().prefix(Self.mostLines) {
                let day = tongue.day(export.observedAt.instant)
                let source: [CaseFinding.Source] = [.page("log?kind=handed")]
                found.append(
                    export.receiver.map {
                        CaseFinding("sentDossier", ["day": day, "receiver": tongue.short($0)], source)
                    } ?? CaseFinding("sentDossierPlain", ["day": day], source))
            }
        }
        if !found.isEmpty { return found }
        return [
            inquiry.platform.map { CaseFinding("requestNone", ["platform": tongue.platform($0)], [.page("reports")]) }
                ?? CaseFinding("requestNoneAtAll", [:], [.page("reports")])
        ]
    }

    private func lines(of request: PlatformRequest, _ tongue: CaseTongue) -> [CaseFinding] {
        let source: [CaseFinding.Source] = [.page("reports/\(request.id)")]
        var values = [
            "platform": tongue.platform(request.platform), "kind": tongue.desk("request.kind." + request.kind.rawValue),
        ]
        guard let sent = request.sentOn else { return [CaseFinding("sentDraft", values, source)] }
        values["day"] = tongue.day(sent)
        var found = [CaseFinding("sent", values, source)]
        if let receipt = request.receipt { found.append(CaseFinding("sentReceipt", ["receipt": tongue.short(receipt)], source)) }
        if let answered = request.answeredOn {
            found.append(
                CaseFinding(
                    "sentAnswered",
                    [
                        "day": tongue.day(answered), "outcome": tongue.desk("request.outcome." + request.outcome.rawValue),
                        "answer": tongue.short(request.answer ?? ""),
                    ], source))
        } else {
            found.append(CaseFinding("sentWaiting", [:], source))
        }
        return found
    }

    /// What the way to the police or a lawyer needs, beside what is there.
    private func whatToBring(_ caseFile: CaseFile?, _ inquiry: CaseInquiry, _ tongue: CaseTongue) throws -> [CaseFinding] {
        var found = [CaseFinding("bringMemo", [:], [.page("memo")])]
        guard let caseFile else { return found }
        let id: String
        switch inquiry.role {
        case .lawyer: id = "lawyer"
        case .platform: id = "platform-report"
        case .police: id = "police-consultation"
        case .friend, .helpline: id = "talk-to-somebody"
        // Unsaid: whoever is expected next.
        case nil:
            let next = caseFile.consultations.last { $0.nextBy.map { $0 >= today().description } ?? false }
            id = next?.role == .lawyer ? "lawyer" : "police-consultation"
        }
        guard let option = try optionMap(caseFile.id).map.options.first(where: { $0.action.id == id }) else { return found }
        for need in option.needs.prefix(Self.mostNeeds) {
            let key = need.isThere.map { $0 ? "bringHave" : "bringLack" } ?? "bringPaper"
            let records = need.records.prefix(1).map { CaseFinding.Source.record($0.index) }
            found.append(CaseFinding(key, ["need": need.need.text[tongue.language]], records + [.page("next/\(id)")]))
        }
        found.append(CaseFinding("bringWhere", ["name": option.action.name[tongue.language]], [.page("next/\(id)")]))
        return found
    }

    private func whatIsMissing(_ tongue: CaseTongue) throws -> [CaseFinding] {
        let pieces = try missing()
        var found = pieces.prefix(2 * Self.mostLines).map { piece in
            CaseFinding(
                piece.records.isEmpty ? "missing" : "missingCount",
                [
                    "harm": tongue.kind("harm." + piece.harm.rawValue), "piece": tongue.kind(piece.code),
                    "count": String(piece.records.count),
                ], piece.records.prefix(1).map { .record($0.index) } + [.page("incidents")])
        }
        if try index.unsorted(limit: 1).isEmpty == false { found.append(CaseFinding("missingUnsorted", [:], [.page("sort")])) }
        return found.isEmpty ? [CaseFinding("missingNone", [:], [.page("incidents")])] : found
    }

    private func talks(_ caseFile: CaseFile?, _ inquiry: CaseInquiry, _ tongue: CaseTongue) -> [CaseFinding] {
        let wanted = (caseFile?.consultations ?? []).filter { talk in
            inquiry.role.map { $0.rawValue == talk.role.rawValue } ?? true
        }
        var found: [CaseFinding] = []
        for talk in wanted.reversed().prefix(2) {
            let source: [CaseFinding.Source] = [.page("talks")]
            found.append(
                CaseFinding("talk", ["day": tongue.day(talk.heldAt.instant), "with": tongue.short(talk.with)], source))
            if !talk.advised.isEmpty {
                found.append(CaseFinding("talkAdvised", ["advised": tongue.short(talk.advised)], source))
            }
            if let next = talk.next { found.append(CaseFinding("talkNext", ["next": tongue.short(next)], source)) }
        }
        if !found.isEmpty { return found }
        return [
            inquiry.role.map { CaseFinding("talkNone", ["role": tongue.kind("role." + $0.rawValue)], [.page("talks")]) }
                ?? CaseFinding("talkNoneAtAll", [:], [.page("talks")])
        ]
    }

    private func whatIsHeld(_ inquiry: CaseInquiry, _ tongue: CaseTongue) throws -> [CaseFinding] {
        let counts = try index.counts()
        var found: [CaseFinding] = []
        if let platform = inquiry.platform {
            var records = RecordFilter()
            records.platforms = [platform]
            let held = try index.span(of: records)
            if let first = held.first, let last = held.last {
                found.append(
                    CaseFinding(
                        "heldPlatform",
                        [
                            "platform": tongue.platform(platform), "count": String(held.count), "first": tongue.day(first),
                            "last": tongue.day(last),
                        ], [.page("timeline")]))
            } else {
                found.append(CaseFinding("heldNone", ["platform": tongue.platform(platform)], [.page("take")]))
            }
        } else {
            found.append(
                CaseFinding(
                    "heldCount", ["count": String(counts.records), "files": String(counts.evidence)], [.page("timeline")]))
            found.append(CaseFinding("heldAccounts", ["count": String(counts.accounts)], [.page("people")]))
        }
        if counts.problems > 0 {
            found.append(CaseFinding("heldProblems", ["count": String(counts.problems)], [.page("log?kind=derived")]))
        }
        return found
    }
}
