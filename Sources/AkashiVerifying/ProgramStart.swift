import AkashiKnowledge
public import ArgumentParser
import Foundation

extension AsyncParsableCommand {
    /// Runs a program; what is used wrongly ends with ``ProgramExit/unusable`` and not with the parser's own number.
    public static func start() async {
        do {
            var command = try parseAsRoot()
            if var async = command as? any AsyncParsableCommand {
                try await async.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
            exit(withError: ExitCode(ProgramExit.unusable.rawValue))
        }
    }
}
