import AkashiKnowledge
import AkashiModeration
import AkashiTesting
import AkashiText
import Foundation
import Testing

/// Terms of the tests, made ready once.
enum Fixture {
    static let knowledge = Knowledge(root: ProjectFolder.root.appending(path: "Knowledge"))

    static func moderator(_ terms: [Term]) throws -> Moderator {
        let dictionary = try #require(WordDictionary(folder: WordDictionary.ipadic), "mecab-ipadic-utf8")
        return Moderator(try RuleSet(Rule.list(terms), knowledge, dictionary))
    }

    static let usual = Result {
        try moderator([
            Term("バカ"), Term("死ね", reading: "シネ"), Term("詐欺", reading: "サギ"), Term("消えろ", reading: "キエロ"),
            Term("泥棒", reading: "ドロボウ"),
            Term("偽物", reading: "ニセモノ"), Term("ストーカー"), Term("くたばれ"), Term("キモい", reading: "キモイ"), Term("殺す", reading: "コロス"),
            Term("なめるな", reading: "ナメルナ"), Term("ゴミ"), Term("カス"), Term("ブス"),
        ])
    }

    static func held(_ text: String) throws -> [String] {
        let moderator = try usual.get()
        return moderator.hits(in: Array(text.utf8)).filter { $0.action == .hold }.compactMap { $0.term?.text }
    }
}
