/// A rectangle of a picture, in pixels from its top left.
public struct PixelBox: Hashable, Sendable, Codable {
    /// The left edge.
    public let x: Int
    /// The upper edge.
    public let y: Int
    /// How wide.
    public let width: Int
    /// How high.
    public let height: Int

    /// Takes the parts.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}
