import AkashiFormats

/// Two pictures, pixel by pixel.
struct PixelComparison: Sendable {
    /// Pixels that are not the same, outside of what is masked.
    var differing = 0
    /// Pixels that were looked at.
    var compared = 0
    /// Pixels that were not looked at.
    var masked = 0
    /// Where they differ: boxes around neighbouring places, at most 20.
    var boxes: [PixelBox] = []
    /// One byte for each pixel: 255 differs, 128 masked, 0 the same. Empty where nothing differs.
    var mask: [UInt8] = []
    var width = 0
    var height = 0

    /// The size of the squares in which neighbouring differences are gathered.
    private static let cell = 32

    /// Compares. A part that only one of them has differs.
    init(_ one: PixelImage, _ other: PixelImage, masks: [PixelBox], top: Int = 0) {
        width = max(one.width, other.width)
        height = max(one.height, other.height)
        var cells: Set<[Int]> = []
        var marks = [UInt8](repeating: 0, count: width * height)
        for box in masks {
            for y in max(0, box.y - top)..<max(max(0, box.y - top), min(height, box.y - top + box.height)) {
                for x in max(0, box.x)..<max(max(0, box.x), min(width, box.x + box.width)) { marks[y * width + x] = 128 }
            }
        }
        masked = marks.reduce(0) { $0 + ($1 == 128 ? 1 : 0) }
        compared = width * height - masked
        for y in 0..<height {
            for x in one.differing(other, row: y, width: width) where marks[y * width + x] != 128 {
                marks[y * width + x] = 255
                differing += 1
                cells.insert([x / Self.cell, y / Self.cell])
            }
        }
        if differing > 0 { mask = marks }
        boxes = Self.boxes(cells, width, height, top)
    }

    /// Boxes around cells that touch.
    private static func boxes(_ cells: Set<[Int]>, _ width: Int, _ height: Int, _ top: Int) -> [PixelBox] {
        var left = cells
        var boxes: [PixelBox] = []
        while let start = left.min(by: { ($0[1], $0[0]) < ($1[1], $1[0]) }), boxes.count < 20 {
            var queue = [start]
            left.remove(start)
            var (x0, y0, x1, y1) = (start[0], start[1], start[0], start[1])
            while let cell = queue.popLast() {
                (x0, y0) = (min(x0, cell[0]), min(y0, cell[1]))
                (x1, y1) = (max(x1, cell[0]), max(y1, cell[1]))
                for dx in -1...1 {
                    for dy in -1...1 {
                        let next = [cell[0] + dx, cell[1] + dy]
                        if left.remove(next) != nil { queue.append(next) }
                    }
                }
            }
            let size = Self.cell
            boxes.append(
                PixelBox(
                    x: x0 * size, y: y0 * size + top, width: min(width, (x1 + 1) * size) - x0 * size,
                    height: min(height, (y1 + 1) * size) - y0 * size))
        }
        return boxes
    }
}
