import AkashiCapture
import AkashiDesk
import AkashiModel
import Synchronization

/// What is being taken in, and what became of it. In memory only: the ledger has the rest.
final class IntakeJobs: Sendable {
    struct Job: Sendable {
        let id: Int
        var sealed = 0
        var fileCount = 0
        var records = 0
        var report: AddReport?
        var newRecords: [LogPosition] = []
        var problem: (any CodedError)?
        /// Whether a page is being visited: that writes nothing yet, and keeps nobody waiting.
        var isVisiting = false
        /// What a captured page says of itself.
        var capture: CaptureOutcome?
        var isFinished: Bool { report != nil || problem != nil }
    }

    private let state = Mutex<(jobs: [Int: Job], last: Int)>(([:], 0))
    private static let keptCount = 50

    func begin(fileCount: Int) -> Int {
        state.withLock { state in
            state.last += 1
            state.jobs[state.last] = Job(id: state.last, fileCount: fileCount)
            state.jobs[state.last - Self.keptCount] = nil
            return state.last
        }
    }

    func update(_ id: Int, _ change: (inout Job) -> Void) {
        state.withLock { state in
            guard var job = state.jobs[id] else { return }
            change(&job)
            state.jobs[id] = job
        }
    }

    subscript(id: Int) -> Job? { state.withLock { $0.jobs[id] } }

    /// The job that is running, if one is.
    var running: Int? { state.withLock { $0.jobs.values.filter { !$0.isFinished && !$0.isVisiting }.map(\.id).min() } }
}
