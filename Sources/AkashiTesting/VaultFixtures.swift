import AkashiAge
import AkashiFormats
public import AkashiIntake
public import AkashiModel
public import AkashiVault
import Synchronization

extension VaultEnvironment {
    /// A clock that goes on a second with each look, from 2026-11-24T01:00:00Z; seeded randomness; little scrypt work.
    public static func test(seed: UInt64 = 1, files: any FileCalls = SystemFileCalls()) -> VaultEnvironment {
        let ticks = Mutex<Int64>(0)
        return VaultEnvironment(
            now: {
                let tick = ticks.withLock { ticks in
                    ticks += 1
                    return ticks
                }
                return Instant(milliseconds: 1_795_482_000_000 + tick * 1000)
            },
            random: seededBytes(seed), files: files, passphraseWorkFactor: 8)
    }
}

extension IntakeItem {
    /// A file in memory.
    public static func memory(_ path: String, _ bytes: [UInt8]) -> IntakeItem {
        IntakeItem(source: SourceDescription(way: .file, path: path)) { MemoryBytes(bytes).stream() }
    }
}

extension Vault {
    /// Seals items; the outcomes.
    public func sealAll(_ items: [IntakeItem], known: Set<ContentDigest> = []) throws -> [SealOutcome] {
        var outcomes: [SealOutcome] = []
        try seal(items, isKnown: { known.contains($0) }, report: { outcomes.append($0) })
        return outcomes
    }
}
