import AkashiCasework
import AkashiDesk
import AkashiVault
import Foundation

/// Holds the open desk, or none. What it shows to the outside is only whether one can come in.
actor Door {
    private let folder: String
    private let environment: DeskEnvironment
    private var desk: Desk?
    private var isLocked = true
    private var readers = 0

    init(folder: String, environment: DeskEnvironment) {
        self.folder = folder
        self.environment = environment
        Desk.takeRestored(at: folder, environment: environment)
    }

    /// The desk, if it is not locked.
    var current: Desk? { isLocked ? nil : desk }

    /// Whether a passphrase is needed.
    var needsPassphrase: Bool {
        Desk.isVault(folder, environment: environment) && Desk.needsPassphrase(at: folder, environment: environment)
    }

    /// Opens the desk and writes down who came in. A vault that is not there yet is made, without a passphrase.
    ///
    /// - Throws: a ``VaultError``; the desk stays locked then.
    func open(_ unlock: Unlock, way: UnlockedBody.Way) async throws {
        if let desk {
            // It was kept because it was busy, or another window has it open.
            try Desk.check(unlock, of: folder, environment: environment)
            try await desk.noteUnlock(UnlockedBody(way: way))
            isLocked = false
            return
        }
        let opened: Desk
        if Desk.isVault(folder, environment: environment) {
            opened = try await Desk.open(at: folder, unlock: unlock, environment: environment)
        } else {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            opened = try Desk.create(at: folder, passphrase: nil, environment: environment)
        }
        try await opened.noteUnlock(UnlockedBody(way: way))
        desk = opened
        isLocked = false
    }

    /// Puts everything away. A desk that is busy goes away when it has finished.
    func lock() {
        isLocked = true
        if readers == 0 { close() }
    }

    private func close() {
        desk = nil
        Desk.takeRestored(at: folder, environment: environment)
    }

    /// Keeps the desk while something long runs, even if it is locked meanwhile.
    func hold() { readers += 1 }

    /// Ends what ``hold()`` began.
    func release() {
        readers -= 1
        if readers == 0, isLocked { close() }
    }
}
