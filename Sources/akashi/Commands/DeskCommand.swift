import AkashiDesk
import AkashiKnowledge
import AkashiModel
import AkashiVault
import AkashiWeb
import ArgumentParser
import Foundation
import Glibc

/// `akashi desk`
struct DeskCommand: ExplainingCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk", abstract: "Open the desk in a browser of this computer. It listens on the loopback address only.")
    @Option(help: "The vault's folder (or AKASHI_VAULT); without either, one in your home folder.") var vault: String?
    @Option(help: "The port; 0 for any free one.") var port = 0
    @Flag(help: "Only print the address.") var noBrowser = false
    @OptionGroup var global: GlobalOptions

    private struct Output: Encodable {
        let address: String
    }

    func perform(_ console: Console) async throws {
        let folder = URL(filePath: vault ?? LiveEnvironment.variable("AKASHI_VAULT") ?? LiveEnvironment.homeVault)
        try await Self.serve(
            folder, port: port, language: global.language, opensBrowser: !noBrowser && !console.isJSON, console)
    }

    /// Serves a vault until the program is ended.
    static func serve(
        _ folder: URL, port: Int, language: Language, opensBrowser: Bool, _ console: Console
    ) async throws {
        var configuration = DeskServer.Configuration(folder: folder.standardizedFileURL.path)
        configuration.port = port
        configuration.language = language
        let server = try DeskServer(configuration, environment: DeskEnvironment.live())
        do {
            try await server.run {
                let address = server.newAddress()
                console.say("desk-address", ["address": address])
                try? console.json(Output(address: address))
                // Whoever reads it through a pipe gets it now.
                fflush(nil)
                if opensBrowser { LiveEnvironment.openBrowser(address) }
            }
        } catch let error as any CodedError {
            throw error
        } catch {
            throw CommandError(.portTaken, ["port": String(port)])
        }
    }
}
