import AkashiKnowledge
import AkashiModel
import AkashiModeration
import AkashiText
import Foundation
import Synchronization

/// Says whether a comment may be shown at once. Pure but for the raid that it remembers.
final class Judge: Sendable {
    private struct State {
        var moderator: Moderator?
        var watch: RaidWatch?
    }

    let mode: QueueMode
    private let knowledge: Knowledge
    private let state = Mutex(State())

    init(_ mode: QueueMode, _ knowledge: Knowledge) {
        self.mode = mode
        self.knowledge = knowledge
    }

    /// Whether rules are there.
    var hasRules: Bool { state.withLock { $0.moderator != nil } }

    /// Takes the desk's rules.
    func take(_ rules: GatewayRules) throws {
        guard let dictionary = WordDictionary(folder: WordDictionary.ipadic) else { throw ModerationError(.dictionaryMissing) }
        let moderator = try RuleBook(
            knowledge, packs: rules.packs, privateWords: rules.privateWords, ownWords: rules.ownWords, dictionary: dictionary
        )
        .moderator(dictionary)
        state.withLock {
            $0.moderator = moderator
            $0.watch = $0.watch ?? RaidWatch(moderator.fold)
        }
    }

    /// Whether it is shown at once. The gateway knows no people: whoever writes is new to it.
    func shows(_ submission: Submission, id: String, sender: String, at: Int64) -> Bool {
        guard mode == .publishFirst, !submission.fellIntoTrap, let moderator = state.withLock({ $0.moderator }) else {
            return false
        }
        let text = Array("\(submission.claimedName)\n\(submission.text)".utf8)
        let verdict = CommentVerdict(text, moderator)
        let isRaid = state.withLock { state in
            _ = state.watch?.see(
                WatchedComment(id: id, account: sender, isNewAccount: true, at: at, text: text, action: verdict.action))
            return state.watch?.isRaid(at: at) ?? false
        }
        return QueuePolicy(mode: mode).place(
            verdict.action, isThreat: verdict.isThreat, CommenterStanding(), isRaid: isRaid
        ).isShown
    }
}
