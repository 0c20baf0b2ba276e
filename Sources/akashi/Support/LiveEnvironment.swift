import Foundation

/// What the program takes from the process it runs in.
enum LiveEnvironment {
    /// An environment variable; nil if it is not set or empty.
    static func variable(_ name: String) -> String? {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else { return nil }
        return value
    }

    /// Where the desk keeps its vault if nothing else is said. The name says nothing.
    static var homeVault: String {
        let data = variable("XDG_DATA_HOME") ?? (variable("HOME") ?? "/tmp") + "/.local/share"
        return data + "/note/vault"
    }

    /// Shows an address in the browser that the person uses.
    static func openBrowser(_ address: String) {
        for program in ["/usr/bin/xdg-open", "/usr/bin/open"] where FileManager.default.isExecutableFile(atPath: program) {
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.arguments = [address]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            if (try? process.run()) != nil { return }
        }
    }
}
