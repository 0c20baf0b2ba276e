import AkashiActions
import AkashiCasework
import AkashiDocuments
import AkashiIntake
import AkashiKnowledge
import AkashiModel
import AkashiVault

/// Puts together what a paper is filled with: always in Japanese, times in Japan.
struct PaperBuilder {
    /// What comes from elsewhere than the exhibits.
    struct Lists {
        let provisions: [ProvisionStanding]
        let deadlines: [CaseDeadline]
        let requests: [PlatformRequest]
        let safety: [PlanStep]
    }

    let caseFile: CaseFile
    let request: PaperRequest
    let sources: [ExhibitSource]
    let strings: Strings
    let now: Instant
    let material: CaseMaterial
    let places: PostPlaces
    private let redaction: Redaction
    private let document: DossierDocument
    private let printer: DossierPrinter
    private let numbers: [LogPosition: Int]
    /// The names of the questions.
    let labels: [String: String]

    init(
        caseFile: CaseFile, request: PaperRequest, sources: [ExhibitSource], anchors: [KeptStamp], strings: Strings, now: Instant,
        fingerprint: String, material: CaseMaterial, hiddenWords: [String], places: PostPlaces,
        labels: [String: String], own: Set<AccountKey>
    ) {
        self.caseFile = caseFile
        self.request = request
        self.sources = sources
        self.strings = strings
        self.now = now
        self.material = material
        self.places = places
        self.labels = labels
        redaction = Redaction(hiddenWords)
        printer = DossierPrinter(
            caseFile: caseFile, request: DossierRequest(caseID: caseFile.id), sources: sources, anchors: anchors,
            strings: strings,
            made: now, fingerprint: fingerprint, own: own)
        document = printer.document(attached: [:])
        numbers = Dictionary(
            sources.map { ($0.entry.position, Int($0.number.dropFirst()) ?? 0) }, uniquingKeysWith: { first, _ in first })
    }

    private var phrases: StringTable { strings.table("papers") }

    /// The platforms for which a paper is made: each that holds posts of the case, or nil once for a paper of the whole case.
    func platforms(of paper: PaperDefinition) -> [PostPlaces.Place?] {
        let places = places(of: paper).filter { request.platform == nil || $0.id == request.platform }
        return places.isEmpty ? [nil] : places
    }

    /// The platforms that hold posts of the case, for a paper of one platform.
    func places(of paper: PaperDefinition) -> [PostPlaces.Place] {
        guard paper.each != .case else { return [] }
        var seen: [PostPlaces.Place] = []
        for post in posts(for: paper) {
            if let place = places.part(of: post, each: paper.each), !seen.contains(place) { seen.append(place) }
        }
        return seen
    }

    func input(
        _ paper: PaperDefinition, _ fields: [PaperField], _ lists: Lists, platform: PostPlaces.Place?
    ) throws -> PaperInput {
        let today = CivilDate(japan: now)
        var input = PaperInput()
        input.title = paper.title.ja
        input.caseTitle = hide(caseFile.title)
        input.made = today.japaneseText
        input.madeEra = today.eraText
        input.isHidden = request.isHidden
        input.platform = platform?.name
        for field in fields { input.fields[field.definition.id] = self.field(field, paper) }
        for field in fields where field.definition.kind == .choice {
            guard let value = field.value?.text, let first = value.first else { continue }
            input.chosen[field.definition.id + first.uppercased() + value.dropFirst()] = true
        }
        input.letterForm = fields.first { $0.definition.id == "form" }?.value?.text
        let chosen = incidents(for: paper)
        let positions = Set(chosen.flatMap(\.records))
        input[.parties] = document.parties.map {
            ["letter": $0.letter, "role": hide($0.role), "accounts": $0.accounts.joined(separator: "、")]
        }
        input[.incidents] = chosen.enumerated().map { incident($0.offset + 1, $0.element) }
        let rows = zip(sources, document.exhibits).filter { positions.contains($0.0.entry.position) }
        let byTime = rows.sorted { Self.time($0.0) < Self.time($1.0) }
        input[.events] = byTime.enumerated().map { event($0.offset + 1, $0.element.0, $0.element.1) }
        input[.exhibits] = rows.map { exhibit($0.0, $0.1) }
        input[.posts] = posts(for: paper).filter { platform == nil || places.part(of: $0, each: paper.each) == platform }
            .enumerated().map {
                post($0.offset + 1, $0.element)
            }
        input[.talks] = document.talks.enumerated().map { number, talk in
            [
                "time": talk.time, "with": hide(talk.with), "said": hide(talk.said), "advised": hide(talk.advised),
                "next": talk.next.map(hide) ?? "",
                "role": strings.table("kinds")("role." + caseFile.consultations[number].role.rawValue),
            ]
        }
        let isOfPlatform = paper.each == .platform && platform != nil
        input[.reports] = lists.requests.filter { !isOfPlatform || $0.platform == platform?.id }.map(report)
        input[.deadlines] = lists.deadlines.map { deadline in
            [
                "name": deadline.rule.name.ja, "last": deadline.counted.lastDay.japaneseText,
                "from": deadline.counted.from.japaneseText, "note": deadline.rule.tell?.ja ?? deadline.rule.after.ja,
            ]
        }
        input.provisions = lists.provisions.filter { !Set($0.provision.harms).isDisjoint(with: chosen.flatMap(\.harms)) }.map(
            provision)
        input[.safety] = lists.safety.map { ["text": $0.text.ja, "note": $0.state?.note ?? ""] }
        let days =
            input[.posts].isEmpty
            ? []
            : posts(for: paper).filter {
                platform == nil || places.part(of: $0, each: paper.each) == platform
            }.compactMap { $0.claimedAt.map(CivilDate.init(japan:)) }
        input.firstDay = days.min()?.japaneseText
        input.lastDay = days.max()?.japaneseText
        return input
    }

    private func hide(_ text: String) -> String { redaction.apply(text).text }

    private func incidents(for paper: PaperDefinition) -> [CaseFile.Incident] {
        caseFile.incidents.filter { incident in
            (request.incidents?.contains(incident.id) ?? true)
                && (paper.harms.isEmpty || !Set(incident.harms).isDisjoint(with: paper.harms))
        }
    }

    private func posts(for paper: PaperDefinition) -> [MaterialRecord] {
        let positions = Set(incidents(for: paper).flatMap(\.records))
        return material.posts.filter { positions.contains($0.position) }
            .sorted { ($0.claimedAt?.milliseconds ?? .max, $0.position) < ($1.claimedAt?.milliseconds ?? .max, $1.position) }
    }

    /// Told by a court or a provider, it goes to nobody but those who need it for a step at law (Act on information distribution
    /// platforms, article 7).
    private static let toldOn: Set<PaperDefinition.Reader> = [.police, .lawyer, .court, .otherSide, .provider]

    private func field(_ field: PaperField, _ paper: PaperDefinition) -> PaperInput.Field {
        let definition = field.definition
        // What is not known is a gap, and nothing that could be handed in apart.
        let isHidden =
            field.value != nil
            && (definition.hides == .person && request.isHidden
                || definition.hides == .disclosed && (request.isHidden || !Self.toldOn.contains(paper.for)))
        let label = definition.label.ja
        guard !isHidden, let value = field.value else {
            return PaperInput.Field(fieldText: nil, fieldLabel: label, isHidden: isHidden)
        }
        let text: String
        switch definition.kind {
        case .date: text = CivilDate(value.text)?.japaneseText ?? value.text
        case .money: text = phrases("yen", ["amount": Self.grouped(value.text)])
        default: text = hide(definition.text(value.text, .ja))
        }
        return PaperInput.Field(fieldText: text, fieldLabel: label)
    }

    private static func grouped(_ digits: String) -> String {
        var result = ""
        for (number, digit) in digits.enumerated() {
            if number > 0, (digits.count - number).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return result
    }

    private static func time(_ source: ExhibitSource) -> (Int64, LogPosition) {
        (source.line.claimedAt?.milliseconds ?? .max, source.line.position)
    }

    private func incident(_ number: Int, _ incident: CaseFile.Incident) -> PaperInput.Row {
        let harms = incident.harms.map { strings.table("kinds")("harm." + $0.rawValue) }
        let records = Set(incident.records)
        let days = sources.filter { records.contains($0.entry.position) }.compactMap {
            $0.line.claimedAt.map(CivilDate.init(japan:))
        }
        let span = days.min().map { first in
            let last = days.max() ?? first
            return first == last ? first.japaneseText : "\(first.japaneseText)〜\(last.japaneseText)"
        }
        return [
            "number": String(number), "title": hide(incident.title), "summary": hide(incident.summary),
            "harms": harms.joined(separator: "、"), "exhibits": printer.ranges(incident.records.compactMap { numbers[$0] }),
            "span": span ?? phrases("time-unknown"),
        ]
    }

    private func event(_ number: Int, _ source: ExhibitSource, _ exhibit: DossierDocument.Exhibit) -> PaperInput.Row {
        let record = source.record
        let isByHand = record.remarks.contains(Remark("file.copied-by-hand"))
        let place = material.records.first { $0.position == source.entry.position }.flatMap(places.place)
        return [
            "number": String(number), "time": exhibit.claimedShort,
            "accuracy": phrases("accuracy." + (record.claimedTime?.precision.rawValue ?? "unknown")),
            "found": exhibit.observedTime,
            "place": place?.name ?? exhibit.heading, "who": hide(exhibit.author),
            "what": strings.table("kinds")(record.kind.name),
            "text": words(exhibit) ?? "", "notes": hide(exhibit.notes.joined(separator: "\n")), "exhibit": exhibit.number,
            "source": phrases(isByHand ? "source.by-hand" : "source.kept"), "url": exhibit.url ?? "",
        ]
    }

    /// What was written. A copy by hand begins with the address that has a place of its own here.
    private func words(_ exhibit: DossierDocument.Exhibit) -> String? {
        guard let text = exhibit.text else { return nil }
        guard let url = exhibit.url, text.hasPrefix(url) else { return hide(text) }
        // And with a line that says when, which has a place of its own too.
        var rest = text.dropFirst(url.count).drop(while: \.isWhitespace)
        if let line = rest.split(separator: "\n", maxSplits: 1).first, line.count < 40, line.contains(/\d{4}年|\d{4}[-\/]\d/) {
            rest = rest.dropFirst(line.count).drop(while: \.isWhitespace)
        }
        return hide(String(rest))
    }

    private func exhibit(_ source: ExhibitSource, _ exhibit: DossierDocument.Exhibit) -> PaperInput.Row {
        let origin = phrases("origin", ["path": source.evidence?.path ?? ""])
        return [
            "number": exhibit.number, "heading": hide(exhibit.heading), "original": phrases("copy"), "made": exhibit.claimedShort,
            "captured": exhibit.observedTime, "author": hide(exhibit.author), "purpose": hide(exhibit.purpose),
            "remarks": hide(([origin] + exhibit.remarks).joined(separator: "\n")), "url": exhibit.url ?? "",
            "digest": exhibit.digestShort, "stamp": exhibit.stampShort,
        ]
    }

    private func post(_ number: Int, _ record: MaterialRecord) -> PaperInput.Row {
        let row = sources.firstIndex { $0.entry.position == record.position }
        let exhibit = row.map { document.exhibits[$0] }
        let account = row.flatMap { sources[$0].record.account }
        let names = [account?.displayName, account?.handle.map { "@" + $0 }, account?.id.map { "ID " + $0 }].compactMap { $0 }
        return [
            "number": String(number), "url": record.url ?? "", "timeJapan": exhibit?.claimedShort ?? phrases("time-unknown"),
            "timeUTC": record.claimedAt.map { CivilTime($0, offsetMinutes: 0).spacedText(seconds: false) }
                ?? phrases("time-unknown"),
            "account": names.isEmpty ? exhibit?.author ?? "" : names.joined(separator: " "),
            "place": places.place(record)?.name ?? "", "text": exhibit.flatMap(words) ?? "", "exhibit": exhibit?.number ?? "",
            "found": exhibit?.observedTime ?? "",
        ]
    }

    private func report(_ request: PlatformRequest) -> PaperInput.Row {
        [
            "platform": request.platform, "what": phrases("request." + request.kind.rawValue),
            "sent": request.sentOn ?? phrases("not-sent"),
            "receipt": [request.receivedOn, request.receipt].compactMap { $0 }.joined(separator: " "),
            "answer": [request.answeredOn, request.answer].compactMap { $0 }.joined(separator: " "),
            "next": [request.next, request.nextBy].compactMap { $0 }.joined(separator: " "),
        ].mapValues(hide)
    }

    private func provision(_ standing: ProvisionStanding) -> PaperInput.Provision {
        PaperInput.Provision(
            name: standing.provision.name.ja, article: standing.provision.article,
            elements: standing.elements.map { element in
                [
                    "text": element.element.text.ja, "bring": element.element.bring.ja,
                    "exhibits": printer.ranges(element.records.compactMap { numbers[$0] }),
                    "answers": element.answers.compactMap { labels[$0] }.joined(separator: "、"),
                ]
            })
    }
}
