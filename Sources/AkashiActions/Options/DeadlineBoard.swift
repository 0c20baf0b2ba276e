public import AkashiModel

/// A period that runs in a case.
public struct CaseDeadline: Sendable {
    /// What it is counted from.
    public enum Subject: Sendable, Hashable {
        /// An answer or a reading of the evidence.
        case fact(String)
        /// A post.
        case post(LogPosition)
        /// A request to a platform.
        case request(String)
    }

    /// The rule.
    public let rule: DeadlineRule
    /// The days.
    public let counted: CountedDeadline
    /// What it is counted from.
    public let subject: Subject
    /// Where the day comes from; nil for a post or a request.
    public let origin: FactValue.Origin?
    /// Whether the day is the earliest of several that are possible.
    public let isEarliestPossible: Bool

    /// Days that are left, the last day included: 0 on the last day, negative when it has passed.
    public func daysLeft(on today: CivilDate) -> Int { counted.lastDay.daysSinceEpoch - today.daysSinceEpoch }
}

/// A period that does not run yet, because a day is not known.
public struct WaitingDeadline: Sendable {
    /// The rule.
    public let rule: DeadlineRule
    /// The fact that would start it.
    public let fact: String
}

/// What runs out, and what would begin to run with another answer.
public struct DeadlineBoard: Sendable {
    /// What runs, the first to run out first.
    public let running: [CaseDeadline]
    /// What waits for a day.
    public let waiting: [WaitingDeadline]

    /// Days counted from the earliest day that is possible: facts of which she knows better only move them later.
    private static let earliest: Set<String> = ["actEnded", "firstPost"]

    /// Counts everything that can run in a case.
    public init(_ library: LawLibrary, _ material: CaseMaterial) {
        var running: [CaseDeadline] = []
        var waiting: [WaitingDeadline] = []
        let harms = Set(material.harms)
        let provisions = Set(library.provisions.filter { !harms.isDisjoint(with: $0.harms) && material.holds($0.when) }.map(\.id))
        for rule in library.deadlines where material.holds(rule.when) {
            guard rule.provisions.isEmpty || !provisions.isDisjoint(with: rule.provisions) else { continue }
            func add(_ day: CivilDate, _ subject: CaseDeadline.Subject, _ origin: FactValue.Origin?, isEarliest: Bool = false) {
                let counted = CountedDeadline(rule, from: day, holidays: library.holidays)
                running.append(
                    CaseDeadline(rule: rule, counted: counted, subject: subject, origin: origin, isEarliestPossible: isEarliest))
            }
            switch rule.trigger {
            case "post":
                for post in material.posts {
                    guard let time = post.claimedAt else { continue }
                    add(CivilDate(japan: time), .post(post.position), nil)
                }
            case "requestReceived":
                for request in material.requests where !request.isAnswered {
                    guard library.reporting(for: request.platform)?.designated == .yes else { continue }
                    add(request.receivedOn, .request(request.id), nil)
                }
            default:
                guard let value = material.facts[rule.trigger], let day = value.day else {
                    // A step that has not been taken yet needs no day.
                    if !harms.isEmpty, library.fact(rule.trigger)?.ask == .first {
                        waiting.append(WaitingDeadline(rule: rule, fact: rule.trigger))
                    }
                    continue
                }
                let isExact = FactValue.day(value.text)?.isExact ?? true
                add(
                    day, .fact(rule.trigger), value.origin, isEarliest: !isExact || Self.earliest.contains(rule.trigger))
            }
        }
        self.running = running.sorted { ($0.counted.lastDay, $0.rule.id) < ($1.counted.lastDay, $1.rule.id) }
        self.waiting = waiting
    }

    /// Of each rule the one that runs out next on or after a day, and how many of it have passed or come later.
    public func next(on today: CivilDate) -> [(deadline: CaseDeadline, passed: Int, later: Int)] {
        var seen: Set<String> = []
        var result: [(deadline: CaseDeadline, passed: Int, later: Int)] = []
        for deadline in running where deadline.daysLeft(on: today) >= 0 && seen.insert(deadline.rule.id).inserted {
            let same = running.filter { $0.rule.id == deadline.rule.id }
            let passed = same.count { $0.daysLeft(on: today) < 0 }
            result.append((deadline, passed, same.count - passed - 1))
        }
        return result
    }

    /// Rules of which everything has passed.
    public func passed(on today: CivilDate) -> [(deadline: CaseDeadline, count: Int)] {
        let alive = Set(running.filter { $0.daysLeft(on: today) >= 0 }.map(\.rule.id))
        var result: [(deadline: CaseDeadline, count: Int)] = []
        for deadline in running
        where !alive.contains(deadline.rule.id) && !result.contains(where: { $0.deadline.rule.id == deadline.rule.id }) {
            result.append((deadline, running.count { $0.rule.id == deadline.rule.id }))
        }
        return result
    }
}
