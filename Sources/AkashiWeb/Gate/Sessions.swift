import AkashiAge
import AkashiModel
import AkashiVault
import Foundation
import Synchronization

/// Who sits at the desk.
enum Role: Sendable, Equatable {
    /// She herself.
    case owner
    /// A friend whom she lets read and sort some records.
    case helper(name: String, records: [LogPosition])

    var helperName: String? { if case .helper(let name, _) = self { name } else { nil } }
}

/// Somebody who was let in.
struct Session: Sendable, Equatable {
    /// The secret in the cookie.
    let token: String
    /// The secret in forms and in the page's memory: a cookie alone changes nothing.
    let formToken: String
    /// Who it is.
    let role: Role
}

/// Who is let in, kept in memory only: when the program ends, everybody is out.
final class Sessions: Sendable {
    private struct State {
        var launchCode: String?
        var sessions: [String: (session: Session, lastSeen: Instant)] = [:]
        var grants: [String: Grant] = [:]
        var kept: [(id: String, session: String, fields: [String: [String]])] = []
        var failures = 0
    }

    /// Leave to see one record's words once, and its pictures for a short while.
    private struct Grant {
        let record: LogPosition
        let session: String
        let until: Instant
        var hasShownWords = false
    }

    /// Milliseconds after which nobody is taken to be there any more.
    let idleLimit: Int64
    private let environment: VaultEnvironment
    private let state = Mutex(State())
    private static let grantMilliseconds: Int64 = 120_000
    private static let maximumSessionCount = 20
    private static let maximumKeptCount = 100

    init(_ environment: VaultEnvironment, idleLimit: Int64) {
        self.environment = environment
        self.idleLimit = idleLimit
    }

    /// 22 letters that nobody guesses: 128 bits.
    func secret() -> String {
        let text = Data(environment.random(16)).base64EncodedString()
        return String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.prefix(22))
    }

    /// A new one-time code. An older one is worth nothing from then on.
    func newLaunchCode() -> String {
        let code = secret()
        state.withLock { $0.launchCode = code }
        return code
    }

    /// Whether a code is the one that was given out; it is used up by that.
    func redeem(_ code: String) -> Bool {
        state.withLock { state in
            guard let wanted = state.launchCode, Self.isSame(wanted, code) else { return false }
            state.launchCode = nil
            return true
        }
    }

    /// Lets somebody in. Others who are in as somebody else are out.
    func begin(_ role: Role) -> Session {
        let session = Session(token: secret(), formToken: secret(), role: role)
        let now = environment.now()
        state.withLock { state in
            state.sessions = state.sessions.filter { $0.value.session.role == role }
            if state.sessions.count >= Self.maximumSessionCount { state.sessions = [:] }
            state.sessions[session.token] = (session, now)
            state.grants = [:]
            state.kept = state.kept.filter { state.sessions[$0.session] != nil }
        }
        return session
    }

    /// Who has this token; nil if nobody has, or has not been there for long.
    func find(_ token: String, isVisit: Bool = true) -> Session? {
        let now = environment.now()
        return state.withLock { state in
            guard let (session, lastSeen) = state.sessions[token],
                now.milliseconds - lastSeen.milliseconds < idleLimit
            else { return nil }
            if isVisit { state.sessions[token]?.lastSeen = now }
            return session
        }
    }

    /// Whether nobody is there.
    var isEmpty: Bool {
        let now = environment.now()
        return state.withLock { state in
            state.sessions = state.sessions.filter { now.milliseconds - $0.value.lastSeen.milliseconds < idleLimit }
            return state.sessions.isEmpty
        }
    }

    /// Everybody is out.
    func endAll() {
        state.withLock {
            $0.sessions = [:]
            $0.grants = [:]
            $0.kept = []
        }
    }

    /// Remembers what she typed into a form, so that an address can name it without saying it: addresses stand in the browser's
    /// history, where whoever shares the computer reads them.
    func keep(_ fields: [String: [String]], for session: Session) -> String {
        let id = secret()
        state.withLock { state in
            state.kept.append((id, session.token, fields))
            if state.kept.count > Self.maximumKeptCount { state.kept.removeFirst() }
        }
        return id
    }

    /// What was typed; nil for another session, and for what is long past.
    func kept(_ id: String, _ session: Session) -> [String: [String]]? {
        state.withLock { state in state.kept.first { $0.id == id && $0.session == session.token }?.fields }
    }

    /// Gives leave to see a record.
    func grant(_ record: LogPosition, to session: Session) -> String {
        let grant = secret()
        let now = environment.now()
        let until = now.advanced(milliseconds: Self.grantMilliseconds)
        state.withLock { state in
            state.grants = state.grants.filter { $0.value.until > now }
            state.grants[grant] = Grant(record: record, session: session.token, until: until)
        }
        return grant
    }

    /// Whether the words of a record may be shown now. They are shown once: a reloaded page covers them again.
    func useForWords(_ grant: String, _ record: LogPosition, _ session: Session) -> Bool {
        let now = environment.now()
        return state.withLock { state in
            guard let found = state.grants[grant], found.record == record, found.session == session.token, found.until > now,
                !found.hasShownWords
            else { return false }
            state.grants[grant]?.hasShownWords = true
            return true
        }
    }

    /// Whether the pictures of a record may be shown now.
    func useForPicture(_ grant: String, _ record: LogPosition, _ session: Session) -> Bool {
        let now = environment.now()
        return state.withLock { state in
            guard let found = state.grants[grant] else { return false }
            return found.record == record && found.session == session.token && found.until > now
        }
    }

    /// Counts a wrong passphrase; the seconds to wait before the answer. Nothing is ever locked for good or deleted.
    func countFailure() -> Double {
        state.withLock { state in
            state.failures += 1
            return min(5, 0.1 * Double(state.failures * state.failures))
        }
    }

    /// The right passphrase came.
    func clearFailures() { state.withLock { $0.failures = 0 } }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
