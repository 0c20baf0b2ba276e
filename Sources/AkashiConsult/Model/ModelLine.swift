/// The way to a model: what is sent and what comes back piece by piece, and waiting. Tests put their own in its place.
public struct ModelLine: Sendable {
    /// Sends a body to an address and gives what comes back; ends with an error for any status but 200.
    public let send: @Sendable (_ address: String, _ body: [UInt8]) -> AsyncThrowingStream<[UInt8], any Error>
    /// Asks an address as a page of somebody else would; the status and the header that lets such pages in.
    public let probe: @Sendable (_ address: String, _ origin: String) async -> (status: Int, allowed: String?)?
    /// Waits.
    public let wait: @Sendable (_ milliseconds: Int) async -> Void

    /// Takes the parts.
    public init(
        send: @escaping @Sendable (String, [UInt8]) -> AsyncThrowingStream<[UInt8], any Error>,
        probe: @escaping @Sendable (String, String) async -> (status: Int, allowed: String?)?,
        wait: @escaping @Sendable (Int) async -> Void
    ) {
        (self.send, self.probe, self.wait) = (send, probe, wait)
    }
}
