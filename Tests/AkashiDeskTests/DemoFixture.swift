import AkashiDesk
import AkashiModel
import Foundation

extension DeskFixture {
    /// A desk with the demo case in it.
    func demo() async throws -> (desk: Desk, caseID: CaseID) {
        let desk = try create()
        let demo = try DemoCase(environment.knowledge)
        try demo.writeSources(to: path("sources"))
        _ = try await desk.add([path("sources")])
        return (desk, try await demo.enterCasework(into: desk))
    }
}
