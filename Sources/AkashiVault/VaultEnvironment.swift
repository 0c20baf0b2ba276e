public import AkashiAge
public import AkashiModel

/// What a vault needs from outside. Passed in, so that tests can make whole runs repeatable and fail at each step.
public struct VaultEnvironment: Sendable {
    /// This computer's clock.
    public var now: @Sendable () -> Instant
    /// Random bytes for keys, salts and nonces.
    public var random: RandomBytes
    /// The calls by which the disk is touched.
    public var files: any FileCalls
    /// log2 of scrypt's N for a new passphrase.
    public var passphraseWorkFactor: Int

    /// Takes the parts.
    public init(
        now: @escaping @Sendable () -> Instant, random: RandomBytes, files: any FileCalls = SystemFileCalls(),
        passphraseWorkFactor: Int = ScryptRecipient.defaultWorkFactor
    ) {
        self.now = now
        self.random = random
        self.files = files
        self.passphraseWorkFactor = passphraseWorkFactor
    }
}
