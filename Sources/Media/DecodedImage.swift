/// A picture in memory: rows from the top, four bytes a pixel (red, green, blue, alpha; not premultiplied), no padding.
public struct DecodedImage: Sendable, Hashable {
    /// The number of columns, in pixels.
    public let width: Int
    /// The number of rows, in pixels.
    public let height: Int
    /// The pixels: `4 * width * height` bytes.
    public let rgba: [UInt8]

    /// Creates a picture of these pixels; nil where their number is not `4 * width * height` or a side is not positive.
    public init?(width: Int, height: Int, rgba: [UInt8]) {
        guard width > 0, height > 0, width <= Int(Int32.max), height <= Int(Int32.max), rgba.count == 4 * width * height
        else { return nil }
        self.width = width
        self.height = height
        self.rgba = rgba
    }

    /// Returns the size that fits into a square of `side` pixels with the proportions kept; never larger than the
    /// picture.
    public func size(fitting side: Int) -> (width: Int, height: Int) {
        let longest = max(width, height)
        guard longest > side, side > 0 else { return (width, height) }
        let scale = Double(side) / Double(longest)
        return (max(1, Int((Double(width) * scale).rounded())), max(1, Int((Double(height) * scale).rounded())))
    }
}
