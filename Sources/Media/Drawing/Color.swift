import Glibc

/// A color as sRGB channels from 0 to 1, so that it can be mixed and shaded in one vector.
struct Color: Sendable {
    /// Red, green, blue and an unused fourth.
    var channels: SIMD4<Float>

    static let white = Color(channels: SIMD4(repeating: 1))
    static let ink = Color(lightness: 0.24, chroma: 0.02, hue: 270)

    init(channels: SIMD4<Float>) {
        self.channels = channels
    }

    /// Creates a color of OKLCH (https://bottosson.github.io/posts/oklab/): equal lightness looks equally light in
    /// every hue.
    ///
    /// `lightness` is 0 to 1, `chroma` 0 to about 0.3, `hue` degrees. What sRGB cannot show is clipped.
    init(lightness: Double, chroma: Double, hue: Double) {
        let a = chroma * cos(hue * .pi / 180)
        let b = chroma * sin(hue * .pi / 180)
        let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
        let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
        let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
        self.channels = SIMD4(
            gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), 1)
    }

    /// Returns this color with `share` of `other` in it; 0 to 1.
    @inline(__always)
    func mixed(with other: Color, _ share: Float) -> Color {
        Color(channels: channels + (other.channels - channels) * share)
    }

    func lighter(_ share: Float) -> Color { mixed(with: .white, share) }

    func darker(_ share: Float) -> Color { mixed(with: .ink, share) }
}

private func cube(_ value: Double) -> Double { value * value * value }

private func gamma(_ linear: Double) -> Float {
    let value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055
    return Float(min(max(value, 0), 1))
}
