import Foundation

/// The natural logarithm of the gamma function for positive numbers, by Stirling's series (Abramowitz and Stegun 6.1.41); error below 1e-10.
/// Our own, so that results do not depend on the system's library.
@inline(__always)
package func logGamma(_ value: Double) -> Double {
    var x = value
    var product = 1.0
    while x < 7 {
        product *= x
        x += 1
    }
    let inverse = 1 / (x * x)
    let series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680)))) / x
    let result = (x - 0.5) * log(x) - x + 0.918_938_533_204_672_7 + series
    return product == 1 ? result : result - log(product)
}
