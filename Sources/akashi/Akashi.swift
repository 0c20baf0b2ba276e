import AkashiVerifying
import ArgumentParser

/// The program.
@main
struct Akashi: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "akashi",
        abstract: "証 — 証拠を保管し、並べ、渡すための机 / A desk for keeping, ordering and handing over evidence",
        version: programVersion,
        subcommands: [
            DeskCommand.self, VaultCommand.self, AddCommand.self, CaptureCommand.self, TimelineCommand.self, FindCommand.self,
            ShowCommand.self,
            AccountsCommand.self,
            PeopleCommand.self, SortCommand.self, NextCommand.self, DeadlinesCommand.self, FactsCommand.self, PapersCommand.self,
            ReportsCommand.self, PlanCommand.self, StatementCommand.self, ShopLogCommand.self, ModerateCommand.self,
            CommentsCommand.self, GatewayCommand.self, CompareAuthorsCommand.self, AskCommand.self, WorkCommand.self,
            EvidenceCommand.self, CaseCommand.self, VerifyCommand.self, BackupCommand.self, RestoreCommand.self,
            StampCommand.self, DossierCommand.self,
            VerifyDossierCommand.self, ReindexCommand.self, HandbookCommand.self, DemoCommand.self, BenchAppendCommand.self,
            BenchFindCommand.self,
            BenchModerateCommand.self,
        ])

    static func main() async { await start() }
}
