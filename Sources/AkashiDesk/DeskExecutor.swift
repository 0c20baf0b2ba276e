import Dispatch

/// Runs an actor's work one after the other on a thread of its own.
final class DeskExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "desk", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
