import Foundation
import Glibc

/// The sockets of a process and of all that it started, from the system's own tables.
enum Sockets {
    /// Addresses of sockets that speak, or listen, to anything but this computer.
    static func outside() -> Set<String> {
        let wanted = inodes(of: family())
        var found: Set<String> = []
        for table in ["tcp", "tcp6", "udp", "udp6"] {
            guard let text = try? String(contentsOfFile: "/proc/self/net/\(table)", encoding: .utf8) else { continue }
            for line in text.split(separator: "\n").dropFirst() {
                let parts = line.split(separator: " ")
                guard parts.count > 9, wanted.contains(String(parts[9])) else { continue }
                for address in [parts[1], parts[2]] {
                    let host = address.prefix { $0 != ":" }
                    let isNowhere = host.allSatisfy { $0 == "0" }
                    // 127.0.0.0/8 as the kernel writes it, ::1, and 127.0.0.0/8 inside IPv6.
                    let isLoopback =
                        (host.count == 8 && host.hasSuffix("7F")) || host == "00000000000000000000000001000000"
                        || (host.hasPrefix("0000000000000000FFFF0000") && host.hasSuffix("7F"))
                    let isListeningToAll = isNowhere && address == parts[1] && parts[3] == "0A"
                    if (!isNowhere && !isLoopback) || isListeningToAll { found.insert("\(table) \(parts[1]) \(parts[2])") }
                }
            }
        }
        return found
    }

    /// This process and everything below it.
    private static func family() -> Set<Int32> {
        var parents: [Int32: Int32] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let id = Int32(name), let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
                let end = stat.lastIndex(of: ")")
            else { continue }
            let parts = stat[end...].split(separator: " ")
            if parts.count > 2, let parent = Int32(parts[2]) { parents[id] = parent }
        }
        var family: Set<Int32> = [getpid()]
        var isGrowing = true
        while isGrowing {
            let more = parents.filter { family.contains($0.value) && !family.contains($0.key) }.map(\.key)
            isGrowing = !more.isEmpty
            family.formUnion(more)
        }
        return family
    }

    private static func inodes(of processes: Set<Int32>) -> Set<String> {
        var inodes: Set<String> = []
        for id in processes {
            let folder = "/proc/\(id)/fd"
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)"),
                    target.hasPrefix("socket:[")
                else { continue }
                inodes.insert(String(target.dropFirst(8).dropLast()))
            }
        }
        return inodes
    }
}
