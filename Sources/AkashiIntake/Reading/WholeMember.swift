import AkashiFormats

extension SealedTree {
    /// Everything that a member holds; nil, with a problem, if it is larger than the limit or cannot be read.
    ///
    /// - Parameter tooLarge: the code of the problem.
    public func whole(
        _ member: SealedMember, limit: Int, tooLarge: String = "source.too-large", _ report: inout ReadingReport
    ) -> [UInt8]? {
        do {
            if let bytes = try open(member).readAll(limit: limit) { return bytes }
            report.add(ReadingProblem(tooLarge, member: member.path))
        } catch {
            report.add(ReadingProblem((error as? ZipProblem)?.rawValue ?? "source.unreadable", member: member.path))
        }
        return nil
    }
}
