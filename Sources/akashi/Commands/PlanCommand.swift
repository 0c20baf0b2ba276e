import AkashiActions
import AkashiCasework
import AkashiDesk
import AkashiKnowledge
import AkashiModel
import ArgumentParser

/// `akashi plan …`
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plans, lists and registers: accounts, traces, safety, rest, the business. They are hers to change.",
        subcommands: [List.self, Show.self, Tick.self, Add.self], defaultSubcommand: List.self)

    struct List: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The plans, with how many steps are done and due.")
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let plan: String
            let name: String
            let steps: Int
            let done: Int
            let due: Int
        }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            let today = await desk.today().description
            var output: [Output] = []
            for plan in try await desk.library().plans {
                let board = try await desk.planBoard(plan.id)
                let done = board.steps.count { $0.isDone(on: today) }
                let due = board.steps.count { $0.isDue(on: today) }
                output.append(Output(plan: plan.id, name: plan.name.ja, steps: board.steps.count, done: done, due: due))
                console.line(
                    "\(plan.id)  \(plan.name[console.strings.language])  \(console.words("plan-done", ["count": String(done)]))")
            }
            try console.json(output)
        }
    }

    struct Show: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "A plan.")
        @Argument(help: "The plan, such as safety.") var plan: String
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        private struct Output: Encodable {
            let step: String
            let section: String
            let text: String
            let state: String
            let note: String?
            let by: String?
        }

        func perform(_ console: Console) async throws {
            let desk = try await options.openDesk(console)
            let board = try await desk.planBoard(plan)
            let today = await desk.today().description
            let language = console.strings.language
            console.line(board.definition.name[language])
            var output: [Output] = []
            for section in board.sections {
                console.line("\n\(section.name[language])")
                for step in section.steps {
                    let mark = step.isDone(on: today) ? "✓" : step.state?.state == .skipped ? "－" : "□"
                    let by = step.state?.by.map { "  \($0)" } ?? ""
                    console.line("  \(mark) \(step.text[language])  [\(step.id)]\(by)")
                    output.append(
                        Output(
                            step: step.id, section: section.id, text: step.text.ja, state: (step.state?.state ?? .open).rawValue,
                            note: step.state?.note, by: step.state?.by))
                }
            }
            try console.json(output)
        }
    }

    struct Tick: ExplainingCommand {
        static let configuration = CommandConfiguration(
            commandName: "tick", abstract: "Say how a step stands: done, open, skipped, removed.")
        @Argument(help: "The plan.") var plan: String
        @Argument(help: "The step.") var step: String
        @Option(help: "done, open, skipped or removed.") var state = "done"
        @Option(help: "A note.") var note: String?
        @Option(help: "By when, or when again.") var by: String?
        @Option(help: "Other words for the step.") var text: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            guard let state = PlanStepState.State(rawValue: state) else {
                throw CommandError(.badArgument, ["argument": "--state"])
            }
            let desk = try await options.openDesk(console)
            let board = try await desk.planBoard(plan)
            let before = (board.steps + board.removed).first { $0.id == step }?.state
            try await desk.keepStep(
                PlanStepState(
                    plan: plan, step: step, section: before?.section, state: state, text: text ?? before?.text,
                    note: note ?? before?.note,
                    by: by ?? (state == before?.state ? before?.by : nil), fields: before?.fields))
            console.say("done")
            try console.json(["step": step])
        }
    }

    struct Add: ExplainingCommand {
        static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a step of your own.")
        @Argument(help: "The plan.") var plan: String
        @Argument(help: "The section.") var section: String
        @Argument(help: "The step.") var text: String
        @Option(help: "By when.") var by: String?
        @OptionGroup var options: VaultOptions
        var global: GlobalOptions { options.global }

        func perform(_ console: Console) async throws {
            let id = try await options.openDesk(console).addStep(plan, section: section, text: text, by: by)
            console.line(id)
            try console.json(["step": id])
        }
    }
}
