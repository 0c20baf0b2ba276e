import AkashiConsult
import Foundation

// Makes Knowledge/consult/weights.tsv from Knowledge/consult/examples. The same examples give the same file. Usage: route-training KNOWLEDGE-FOLDER

let arguments = CommandLine.arguments
guard arguments.count == 2 else {
    print("usage: route-training KNOWLEDGE-FOLDER")
    exit(64)
}
let folder = URL(filePath: arguments[1]).appending(path: "consult")
try Training(examples: folder.appending(path: "examples")).weights
    .write(to: folder.appending(path: "weights.tsv"), atomically: true, encoding: .utf8)
