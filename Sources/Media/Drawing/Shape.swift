import Glibc

/// A place on the drawing board, which measures 600 by 600 whatever the size of the picture; y grows downwards.
typealias Point = SIMD2<Float>

/// An area defined by its signed distance: negative inside, zero on the edge, so that edges and shadows come out
/// smooth.
protocol Shape: Sendable {
    /// Returns the board units from `point` to the edge; negative inside.
    func distance(_ point: Point) -> Float
    /// Returns the distance, or a number of its sign that is nearer to zero where the distance itself is an estimate.
    func bound(_ point: Point) -> Float
    /// A rectangle that holds the whole area.
    var bounds: Bounds { get }
}

extension Shape {
    @inline(__always)
    func bound(_ point: Point) -> Float { distance(point) }
}

struct Bounds: Sendable {
    var least: Point
    var most: Point

    init(around center: Point, _ reach: Point) {
        self.least = center - reach
        self.most = center + reach
    }

    init(least: Point, most: Point) {
        self.least = least
        self.most = most
    }

    func grown(_ margin: Float) -> Bounds { Bounds(least: least - margin, most: most + margin) }
}

@inline(__always)
func length(_ vector: Point) -> Float { (vector * vector).sum().squareRoot() }

struct Disc: Shape {
    var center: Point
    var radius: Float

    @inline(__always)
    func distance(_ point: Point) -> Float { length(point - center) - radius }
    var bounds: Bounds { Bounds(around: center, Point(repeating: radius)) }
}

/// A band of `width` around a circle.
struct Ring: Shape {
    var center: Point
    var radius: Float
    var width: Float

    @inline(__always)
    func distance(_ point: Point) -> Float { abs(length(point - center) - radius) - width / 2 }
    var bounds: Bounds { Bounds(around: center, Point(repeating: radius + width / 2)) }
}

/// A line with round ends.
struct Stroke: Shape {
    var start: Point
    var end: Point
    var width: Float

    @inline(__always)
    func distance(_ point: Point) -> Float {
        let along = end - start
        let offset = point - start
        let share = (offset * along).sum() / max((along * along).sum(), 0.001)
        return length(offset - along * min(max(share, 0), 1)) - width / 2
    }
    var bounds: Bounds {
        Bounds(least: pointwiseMin(start, end), most: pointwiseMax(start, end)).grown(width / 2)
    }
}

/// The part that two shapes share: a stripe on a ball, a label on a bottle.
struct Overlap<First: Shape, Second: Shape>: Shape {
    var first: First
    var second: Second

    @inline(__always)
    func distance(_ point: Point) -> Float { max(first.distance(point), second.distance(point)) }

    @inline(__always)
    func bound(_ point: Point) -> Float { max(first.bound(point), second.bound(point)) }
    var bounds: Bounds {
        let left = first.bounds
        let right = second.bounds
        return Bounds(least: pointwiseMax(left.least, right.least), most: pointwiseMin(left.most, right.most))
    }
}

/// The part of the first shape that the second does not cover.
struct Cut<First: Shape, Second: Shape>: Shape {
    var first: First
    var second: Second

    @inline(__always)
    func distance(_ point: Point) -> Float { max(first.distance(point), -second.distance(point)) }

    @inline(__always)
    func bound(_ point: Point) -> Float { max(first.bound(point), -second.bound(point)) }
    var bounds: Bounds { first.bounds }
}

struct Moved<Base: Shape>: Shape {
    var shape: Base
    var offset: Point

    @inline(__always)
    func distance(_ point: Point) -> Float { shape.distance(point - offset) }

    @inline(__always)
    func bound(_ point: Point) -> Float { shape.bound(point - offset) }
    var bounds: Bounds {
        let box = shape.bounds
        return Bounds(least: box.least + offset, most: box.most + offset)
    }
}
