import AkashiConsult
import Foundation

// Makes Knowledge/consult/weights.tsv and topics.tsv from Knowledge/consult/examples. The same examples give the same files.
// Usage: route-training KNOWLEDGE-FOLDER

let arguments = CommandLine.arguments
guard arguments.count == 2 else {
    print("usage: route-training KNOWLEDGE-FOLDER")
    exit(64)
}
let folder = URL(filePath: arguments[1]).appending(path: "consult")

/// The lines of a file of examples. What only an earlier turn explains is the router's business: alone it would teach the wrong thing.
func examples(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appending(path: "examples/\(name).txt"), encoding: .utf8).split(separator: "\n")
        .filter { !$0.contains("‖") }.map { $0.trimmingCharacters(in: .whitespaces) }
}

let topics = try Topic.allCases.map { ($0.rawValue, try examples("everyday/\($0.rawValue)")) }
let everyday = try topics.flatMap(\.1) + examples("everyday/any")
let routes: [(Route, [String])] = [
    (.ownWish, try examples("own-wish")), (.presentDanger, try examples("present-danger")), (.threat, try examples("threat")),
    (.gentleCheck, try examples("gentle-check")), (.revenge, try examples("revenge")), (.verdict, try examples("verdict")),
    (.attribution, try examples("attribution")), (.everyday, everyday),
]
let order = Route.allCases.compactMap { route in routes.first { $0.0 == route } }
try Training(order.map { ($0.0.rawValue, $0.1) }).weights
    .write(to: folder.appending(path: "weights.tsv"), atomically: true, encoding: .utf8)
try Training(topics).weights.write(to: folder.appending(path: "topics.tsv"), atomically: true, encoding: .utf8)
