public import AkashiConsult
public import AkashiKnowledge
public import AkashiVault
public import Foundation

/// Everything the desk needs from outside, in one value. Live parts: Live/LiveDeskEnvironment.swift.
public struct DeskEnvironment: Sendable {
    /// Sends a time-stamp request to an authority and brings its answer.
    public typealias StampTransport = @Sendable (_ url: URL, _ query: [UInt8]) async throws -> [UInt8]

    /// Asks her gateway something, and brings status and answer.
    public typealias GatewayTransport =
        @Sendable (_ method: String, _ url: URL, _ token: String, _ body: [UInt8]) async throws -> (status: Int, body: [UInt8])

    /// Clock, randomness, disk.
    public var vault: VaultEnvironment
    /// The data that belongs to the program.
    public var knowledge: Knowledge
    /// A way out to the network, only when she fetches what her own gateway holds.
    public var callGateway: GatewayTransport = { _, _, _, _ in throw URLError(.cannotConnectToHost) }
    /// The way to a model on this computer, only once she has given its address; nil where there is none.
    public var modelLine: ModelLine?
    /// A way out to the network, only when she asks for a time stamp.
    public var sendStampRequest: StampTransport

    /// Takes the parts.
    public init(vault: VaultEnvironment, knowledge: Knowledge, sendStampRequest: @escaping StampTransport) {
        self.vault = vault
        self.knowledge = knowledge
        self.sendStampRequest = sendStampRequest
    }
}
