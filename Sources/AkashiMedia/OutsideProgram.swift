import Foundation
import Glibc

/// Why an outside program gave nothing.
public enum MediaProblem: String, Error, Sendable {
    /// It is not installed.
    case missing = "media.program-missing"
    /// It took longer than it may.
    case tooSlow = "media.too-slow"
    /// It could not read the file.
    case unreadable = "media.unreadable"
}

/// Asks an outside program about some bytes: in a process of its own, with limits, and nothing on a disk.
///
/// Readers of pictures, films and PDF are large and meet hostile files; what breaks there must not break here.
enum OutsideProgram {
    /// Most that a program may print, in bytes.
    static let maximumOutput = 256 << 20

    /// An open file in memory that has no name and ends with its handle.
    private static func namelessFile() throws(MediaProblem) -> Int32 {
        // O_TMPFILE (open(2)), which Swift does not see.
        let nameless: Int32 = 0o20000000 | O_DIRECTORY
        for folder in ["/dev/shm", "/tmp"] {
            let file = open(folder, nameless | O_RDWR | O_CLOEXEC, 0o600)
            if file >= 0 { return file }
        }
        throw .unreadable
    }

    /// What it prints.
    ///
    /// - Parameter arguments: `/dev/stdin` stands for the bytes, as a file that can be read from any place.
    /// - Parameter seconds: of processor time, and of the clock with as much again.
    static func run(
        _ program: String, _ arguments: [String], input: [UInt8], seconds: Int, memoryMiB: Int = 2048
    ) throws(MediaProblem) -> [UInt8] {
        let path = "/usr/bin/\(program)"
        guard FileManager.default.isExecutableFile(atPath: path) else { throw .missing }
        let memory = try namelessFile()
        let inputHandle = FileHandle(fileDescriptor: memory, closeOnDealloc: true)
        do {
            try inputHandle.write(contentsOf: Data(input))
            try inputHandle.seek(toOffset: 0)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/timeout")
            process.arguments =
                ["-k", "1", String(seconds * 2), "prlimit", "--as=\(memoryMiB << 20)", "--cpu=\(seconds)", "--core=0", path]
                + arguments
            process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "HOME": "/nonexistent"]
            process.currentDirectoryURL = URL(filePath: "/")
            process.standardInput = inputHandle
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            var bytes: [UInt8] = []
            while let piece = try output.fileHandleForReading.read(upToCount: 1 << 18), !piece.isEmpty {
                if bytes.count + piece.count <= Self.maximumOutput { bytes += piece }
            }
            process.waitUntilExit()
            switch process.terminationStatus {
            case 0: return bytes
            case 124, 137, 152: throw MediaProblem.tooSlow
            default: throw MediaProblem.unreadable
            }
        } catch let problem as MediaProblem {
            throw problem
        } catch {
            throw .unreadable
        }
    }
}
