/// Which times of one day can stand in the order in which they are written.
enum LineOrder {
    /// For each time, whether it belongs to the longest run of times that begins with the first and never goes back.
    ///
    /// What stands first under a day is always a message: before it there is no text that it could be a line of.
    /// The lines of a talk are in order. A line of a text that only looks like one (`12:00 お昼`, in a plan sent at nine)
    /// is not, and the many real lines around it show that it is the odd one.
    static func inOrder(_ minutes: [Int]) -> [Bool] {
        // Patience sorting: the last element of the best run of each length, and what came before each element.
        var ends: [Int] = []
        var previous: [Int?] = []
        for (index, minute) in minutes.enumerated() {
            guard let first = minutes.first, minute >= first else {
                previous.append(nil)
                continue
            }
            var low = index == 0 ? 0 : 1
            var high = ends.count
            while low < high {
                let middle = (low + high) / 2
                if minutes[ends[middle]] <= minute { low = middle + 1 } else { high = middle }
            }
            previous.append(low > 0 ? ends[low - 1] : nil)
            if low < ends.count { ends[low] = index } else { ends.append(index) }
        }
        var isInOrder = [Bool](repeating: false, count: minutes.count)
        var at = ends.last
        while let index = at {
            isInOrder[index] = true
            at = previous[index]
        }
        return isInOrder
    }
}
