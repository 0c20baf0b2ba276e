import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A SOCKS5 proxy (RFC 1928) on loopback that the capturing browser must use for everything. It looks names up itself, refuses
/// what is not on the open internet, and connects to the very address that it checked: a name cannot be turned
/// round between the check and the connection.
final class GuardedProxy: Sendable {
    /// What it may do.
    struct Policy: Sendable {
        /// `host:port` that leads to another `address:port`: for pages of a test.
        var overrides: [String: String] = [:]
    }

    struct State {
        var addresses: [String: String] = [:]
        var refused: Set<String> = []
        var allowed: Set<String> = []
    }

    let port: Int
    private let channel: any Channel
    private let state: Seen

    /// Opens a proxy for the length of a scope.
    static func open<Value: Sendable>(
        _ policy: Policy, _ body: (GuardedProxy) async throws -> Value
    ) async throws -> Value {
        let seen = Seen()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SocksHandler(policy: policy, seen: seen))
                }
            }
            .childChannelOption(.autoRead, value: true)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(host: "127.0.0.1", port: 0).get()
        let proxy = GuardedProxy(port: channel.localAddress?.port ?? 0, channel: channel, state: seen)
        do {
            let value = try await body(proxy)
            try? await channel.close().get()
            return value
        } catch {
            try? await channel.close().get()
            throw error
        }
    }

    private init(port: Int, channel: any Channel, state: Seen) {
        self.port = port
        self.channel = channel
        self.state = state
    }

    /// The address that a host was reached at.
    func address(of host: String, _ port: Int) -> String? { state.value.withLock { $0.addresses["\(host):\(port)"] } }

    /// Lets connections to a host through, if its addresses are public.
    func allow(_ host: String) { state.value.withLock { _ = $0.allowed.insert(host) } }

    /// Hosts that the page asked for and that were refused.
    var refused: [String] { state.value.withLock { $0.refused.sorted() } }

    final class Seen: Sendable {
        let value = Mutex(State())
    }

    /// The checked addresses of a name. One bad address among them spoils all.
    static func resolve(_ host: String, _ port: Int, _ policy: Policy) -> SocketAddress? {
        if let other = policy.overrides["\(host):\(port)"] {
            let parts = other.split(separator: ":")
            guard parts.count == 2, let port = Int(parts[1]) else { return nil }
            return try? SocketAddress(ipAddress: String(parts[0]), port: port)
        }
        guard AddressGuard.isOutside(host: host) else { return nil }
        let numbers = IPAddress(host).map { [$0] } ?? lookUp(host)
        guard !numbers.isEmpty, numbers.allSatisfy(\.isPublic) else { return nil }
        let chosen = numbers.first { $0.bytes.count == 4 } ?? numbers[0]
        return try? SocketAddress(ipAddress: chosen.description, port: port)
    }

    private static func lookUp(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [IPAddress] = []
        var next = list
        while let entry = next {
            if entry.pointee.ai_family == AF_INET {
                entry.pointee.ai_addr.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                    found.append(IPAddress(bytes: withUnsafeBytes(of: &address.pointee.sin_addr) { Array($0) }))
                }
            } else if entry.pointee.ai_family == AF_INET6 {
                entry.pointee.ai_addr.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                    found.append(IPAddress(bytes: withUnsafeBytes(of: &address.pointee.sin6_addr) { Array($0) }))
                }
            }
            next = entry.pointee.ai_next
        }
        return found
    }
}

/// A host that may not be reached.
private struct RefusedHost: Error {}

/// One connection of the browser: greeting, request, then bytes both ways.
private final class SocksHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Stage { case greeting, request, connecting, open }

    private let policy: GuardedProxy.Policy
    private let seen: GuardedProxy.Seen
    private var stage = Stage.greeting
    private var waiting = ByteBuffer()

    init(policy: GuardedProxy.Policy, seen: GuardedProxy.Seen) {
        self.policy = policy
        self.seen = seen
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var piece = unwrapInboundIn(data)
        waiting.writeBuffer(&piece)
        advance(context)
    }

    private func advance(_ context: ChannelHandlerContext) {
        switch stage {
        case .greeting:
            guard let count = waiting.getInteger(at: waiting.readerIndex + 1, as: UInt8.self),
                waiting.readableBytes >= 2 + Int(count)
            else { return }
            guard waiting.getInteger(at: waiting.readerIndex, as: UInt8.self) == 5 else {
                context.close(promise: nil)
                return
            }
            waiting.moveReaderIndex(forwardBy: 2 + Int(count))
            stage = .request
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [5, 0])), promise: nil)
            advance(context)
        case .request:
            guard let (host, port) = takeRequest() else { return }
            stage = .connecting
            connect(context, host, port)
        case .connecting, .open: break
        }
    }

    /// `05 01 00 type address port`; nil while it is not there whole.
    private func takeRequest() -> (String, Int)? {
        let bytes = Array(waiting.readableBytesView.prefix(300))
        guard bytes.count > 5 else { return nil }
        let host: String
        let length: Int
        switch bytes[3] {
        case 1:
            length = 4 + 4
            guard bytes.count >= length + 2 else { return nil }
            host = IPAddress(bytes: Array(bytes[4..<8])).description
        case 3:
            length = 5 + Int(bytes[4])
            guard bytes.count >= length + 2 else { return nil }
            host = String(decoding: bytes[5..<length], as: UTF8.self).lowercased()
        case 4:
            length = 4 + 16
            guard bytes.count >= length + 2 else { return nil }
            host = IPAddress(bytes: Array(bytes[4..<20])).description
        default: return ("", 0)
        }
        waiting.moveReaderIndex(forwardBy: length + 2)
        return (host, Int(bytes[length]) << 8 | Int(bytes[length + 1]))
    }

    private func connect(_ context: ChannelHandlerContext, _ host: String, _ port: Int) {
        let policy = policy
        let loop = context.eventLoop
        let seen = seen
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        // Preconnects of the page, and the browser's own calls, come here before anything was asked for: they get nothing.
        guard seen.value.withLock({ $0.allowed.contains(host) }) else {
            refuse(context, 2)
            return
        }
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) { GuardedProxy.resolve(host, port, policy) }
            .flatMap { address -> EventLoopFuture<any Channel> in
                guard let address else { return loop.makeFailedFuture(RefusedHost()) }
                seen.value.withLock { $0.addresses["\(host):\(port)"] = address.ipAddress ?? "" }
                return ClientBootstrap(group: loop).connectTimeout(.seconds(15))
                    .channelOption(.allowRemoteHalfClosure, value: true)
                    .channelOption(.autoRead, value: false).connect(to: address)
            }
            .whenComplete { result in
                let (handler, context) = bound.value
                switch result {
                case .success(let peer): handler.join(context, peer)
                case .failure(let error):
                    if error is RefusedHost { seen.value.withLock { _ = $0.refused.insert(host) } }
                    // 2: not allowed; 5: refused.
                    handler.refuse(context, error is RefusedHost ? 2 : 5)
                }
            }
    }

    private func refuse(_ context: ChannelHandlerContext, _ code: UInt8) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [5, code, 0, 1, 0, 0, 0, 0, 0, 0])))
            .whenComplete { _ in bound.value.close(promise: nil) }
    }

    private func join(_ context: ChannelHandlerContext, _ peer: any Channel) {
        stage = .open
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [5, 0, 0, 1, 0, 0, 0, 0, 0, 0])), promise: nil)
        do {
            try channel.pipeline.syncOperations.addHandler(Relay(to: peer))
            try peer.pipeline.syncOperations.addHandler(Relay(to: channel))
            if waiting.readableBytes > 0 { peer.writeAndFlush(waiting, promise: nil) }
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
            peer.setOption(.autoRead, value: true).whenComplete { _ in peer.read() }
        } catch {
            context.close(promise: nil)
            peer.close(promise: nil)
        }
    }
}

/// Hands bytes on to the other side, no faster than that side takes them.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) { self.other = other }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let done = other.writeAndFlush(unwrapInboundIn(data))
        if !other.isWritable {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.channel.setOption(.autoRead, value: false).whenComplete { _ in
                done.whenComplete { _ in
                    bound.value.channel.setOption(.autoRead, value: true).whenComplete { _ in bound.value.read() }
                }
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { other.close(mode: .output, promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
