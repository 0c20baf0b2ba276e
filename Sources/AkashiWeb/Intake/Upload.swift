import AkashiDesk
import AkashiFormats
import AkashiKnowledge
import AkashiModel
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Takes files and pasted words in while they arrive: each piece is encrypted at once.
struct Upload: Sendable {
    /// Files of one upload.
    static let maximumFileCount = 20_000
    /// Bytes of a plain field of the form. Pasted words are one of them.
    static let maximumFieldByteCount = 4 << 20
    /// How long an answer waits, so that a small thing is reported at once.
    private static let patience: Duration = .milliseconds(2_500)

    let site: Site

    func take(_ request: Request, _ context: DeskContext) async throws -> Response {
        guard let session = context.session, session.role == .owner, let desk = await site.door.current else {
            return .redirect(site.base + "/lock")
        }
        guard let boundary = MultipartReader.boundary(ofContentType: request.headers[.contentType] ?? "") else {
            throw RefusedRequest()
        }
        await site.door.hold()
        var intake = Intake(desk: desk, session: session, hasHeader: request.headers[.deskToken] == session.formToken)
        do {
            var reader = MultipartReader(boundary: boundary)
            for try await buffer in request.body {
                for event in try reader.take(buffer.readableBytesView) { try await intake.take(event) }
            }
            guard reader.isFinished, intake.isAllowed else { throw RefusedRequest() }
            try await intake.finishText()
        } catch {
            await desk.drop(intake.files)
            await site.door.release()
            if let coded = error as? any CodedError { return try await problem(coded) }
            throw error is CancellationError ? error : RefusedRequest()
        }
        guard !intake.files.isEmpty else {
            await site.door.release()
            return .redirect(site.base + "/take?empty=1")
        }
        let job = start(intake.files, desk)
        let clock = ContinuousClock()
        let end = clock.now + Self.patience
        while clock.now < end, site.jobs[job]?.isFinished == false { try await Task.sleep(for: .milliseconds(40)) }
        return .redirect("\(site.base)/take/jobs/\(job)")
    }

    private func start(_ files: [Desk.IncomingFile], _ desk: Desk) -> Int {
        let jobs = site.jobs
        let door = site.door
        let job = jobs.begin(fileCount: files.count)
        Task {
            do {
                let report = try await desk.add(incoming: files) { progress in
                    jobs.update(job) {
                        switch progress {
                        case .sealing(let done, _): $0.sealed = done
                        case .reading(let records): $0.records = max($0.records, records)
                        }
                    }
                }
                let records = try await desk.records(from: report)
                jobs.update(job) {
                    $0.newRecords = records
                    $0.report = report
                }
            } catch {
                let coded = error as? any CodedError ?? DeskError(.internal)
                jobs.update(job) { $0.problem = coded }
            }
            await door.release()
        }
        return job
    }

    private func problem(_ error: any CodedError) async throws -> Response {
        let job = site.jobs.begin(fileCount: 0)
        site.jobs.update(job) { $0.problem = error }
        return .redirect("\(site.base)/take/jobs/\(job)")
    }

    /// Progress as server-sent events (HTML, 9.2): numbers only.
    func events(_ request: Request, _ context: DeskContext) async throws -> Response {
        guard context.session != nil, let id = context.parameters.get("job", as: Int.self), site.jobs[id] != nil else {
            throw RefusedRequest()
        }
        let site = site
        let body = ResponseBody { writer in
            for _ in 0..<1_200 {
                guard let job = site.jobs[id] else { break }
                let line =
                    "data: {\"sealed\":\(job.sealed),\"files\":\(job.fileCount),\"records\":\(job.records),\"done\":\(job.isFinished)}\n\n"
                try await writer.write(ByteBuffer(string: line))
                if job.isFinished { break }
                try await Task.sleep(for: .milliseconds(250))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
    }
}

/// The parts of one upload as they come. Nothing is taken before the form has shown its token.
private struct Intake {
    let desk: Desk
    let session: Session
    var isAllowed: Bool
    var files: [Desk.IncomingFile] = []
    private var current: Desk.IncomingFile?
    private var field: (name: String, bytes: [UInt8])?
    private var text: [UInt8] = []
    private var fields: [String: String] = [:]

    init(desk: Desk, session: Session, hasHeader: Bool) {
        self.desk = desk
        self.session = session
        isAllowed = hasHeader
    }

    mutating func take(_ event: MultipartReader.Event) async throws {
        switch event {
        case .begin(let head):
            guard let fileName = head.fileName else {
                field = (head.name, [])
                return
            }
            guard isAllowed, files.count < Upload.maximumFileCount else { throw RefusedRequest() }
            // A file field that was left empty has no name.
            guard !fileName.isEmpty else { return }
            let file = try await desk.beginIncoming(path: fileName)
            files.append(file)
            current = file
        case .data(let bytes):
            if let current {
                try await desk.receive(bytes, for: current)
            } else if field != nil {
                field?.bytes += bytes
                if (field?.bytes.count ?? 0) > Upload.maximumFieldByteCount { throw RefusedRequest() }
            }
        case .end:
            current = nil
            guard let (name, bytes) = field else { return }
            field = nil
            if name == "token" { isAllowed = isAllowed || String(decoding: bytes, as: UTF8.self) == session.formToken }
            if name == "words" { text = bytes } else { fields[name] = String(decoding: bytes, as: UTF8.self) }
        }
    }

    /// Pasted words become a file like any other, with the address and the time that she gave as its first lines.
    mutating func finishText() async throws {
        let words = String(decoding: text, as: UTF8.self).replacing("\r\n", with: "\n")
        guard words.contains(where: { !$0.isWhitespace }) else { return }
        let file = try await desk.beginIncoming(path: fields["wordsName"] ?? "memo.txt", isPasted: true)
        files.append(file)
        let head = ["where", "when"].compactMap { name -> String? in
            let value = (fields[name] ?? "").filter { !$0.isNewline }.replacing("T", with: name == "when" ? " " : "T")
            let trimmed = value.trimmingCharacters(in: .whitespaces)
            return trimmed.isEmpty ? nil : trimmed
        }
        let start = head.isEmpty ? "" : head.joined(separator: "\n") + "\n\n"
        try await desk.receive(Array(start.utf8) + Array(words.utf8), for: file)
    }
}
