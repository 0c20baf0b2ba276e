import AkashiCasework
import Foundation

/// The demo case as it lies in `Knowledge/demo`: small sources, told in README.md there. Everything is invented.
struct DemoArchive: Decodable {
    struct Owner: Decodable {
        let accountId: String
        let userName: String
        let displayName: String
        let email: String
    }
    struct Person: Decodable {
        let accountId: String
        let userName: String
        let displayName: String
    }
    struct Reply: Decodable {
        let person: String
        let tweetId: String?
    }
    struct Link: Decodable {
        let url: String
        let expanded: String
        let display: String
    }
    struct Picture: Decodable { let kind: String }
    struct Tweet: Decodable {
        let ref: String
        let at: String
        let text: String
        let deletedAt: String?
        let replyTo: Reply?
        let urls: [Link]?
        let media: [Picture]?
        let quoteOf: String?
    }
    struct Reaction: Decodable {
        let from: String
        let key: String
    }
    struct Message: Decodable {
        let ref: String
        let at: String
        let from: String
        let text: String
        let media: [Picture]?
        let reactions: [Reaction]?
    }
    struct Event: Decodable {
        let ref: String
        let at: String
        let kind: String
        let by: String?
        let people: [String]?
        let name: String?
    }
    struct Conversation: Decodable {
        let with: [String]
        let group: String?
        let messages: [Message]
        let events: [Event]?
    }
    struct Like: Decodable {
        let tweetId: String
        let text: String
    }
    struct Relation: Decodable { let person: String }

    let generatedAt: String
    let owner: Owner
    let people: [String: Person]
    let tweets: [Tweet]
    let deletedTweets: [Tweet]
    let noteTweets: [Tweet]
    let conversations: [Conversation]
    let likes: [Like]
    let blocks: [Relation]
    let mutes: [Relation]
}

/// A LINE talk of the demo case.
struct DemoTalk: Decodable {
    struct Line: Decodable {
        let ref: String
        let at: String
        let from: String?
        let text: String?
        let event: String?
    }

    let title: String
    let form: String
    let savedAt: String?
    let messages: [Line]
}

/// A text file of the demo case.
struct DemoFile: Decodable {
    let ref: String
    let file: String
    let what: String
}

/// What she has decided and noted in the demo case.
struct DemoCasework: Decodable {
    struct Case: Decodable { let title: String }
    struct Party: Decodable {
        let letter: String
        let role: String
        let accounts: [String]
    }
    struct Incident: Decodable {
        let ref: String
        let title: String
        let harms: [String]
        let records: [String]
        let summary: String
    }
    struct Talk: Decodable {
        let ref: String
        let at: String
        let with: String
        let role: String
        let said: String
        let advised: String
        let next: String?
        let nextBy: String?
    }
    struct Remark: Decodable {
        let on: String
        let text: String
    }

    struct Answer: Decodable {
        let fact: String
        let value: String
    }
    struct Request: Decodable {
        let platform: String
        let kind: String
        let records: [String]
        let sentOn: String?
        let receivedOn: String?
        let receipt: String?
        let answeredOn: String?
        let answer: String?
        let outcome: String?
        let next: String?
        let nextBy: String?
    }

    let `case`: Case
    struct Standing: Decodable {
        let standing: AccountStanding
        let accounts: [String]
    }

    let standings: [Standing]
    let facts: [Answer]
    let requests: [Request]
    let parties: [Party]
    let incidents: [Incident]
    let consultations: [Talk]
    let notes: [Remark]
}
