import AkashiAuthorship
import AkashiKnowledge
import Foundation

// Fits the tables and the model of the authorship engine to a corpus of consenting writers, and writes them to Knowledge/authorship/chat.
// The same corpus gives the same files. Usage: authorship-training CORPUS-FOLDER KNOWLEDGE-FOLDER

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
    print("usage: authorship-training CORPUS-FOLDER KNOWLEDGE-FOLDER")
    exit(64)
}
let knowledge = Knowledge(root: URL(filePath: arguments[2]))
let training = try Training(Corpus(URL(filePath: arguments[1])), TrainedData.habits(knowledge))
try training.run(into: URL(filePath: arguments[2]))
