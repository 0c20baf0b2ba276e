public import AkashiAge
import Synchronization

/// Random bytes that are the same in every run with the same seed.
public func seededBytes(_ seed: UInt64) -> RandomBytes {
    let generator = Mutex(SeededGenerator(seed: seed))
    return RandomBytes { count in generator.withLock { $0.bytes(count) } }
}
