import Glibc

/// A rectangle with rounded corners, rotated about its center.
struct Slab: Shape {
    var center: Point
    var half: Point
    var radius: Float
    private let turn: Turn

    /// `angle` is in degrees, clockwise.
    init(_ center: Point, width: Float, height: Float, radius: Float = 0, angle: Float = 0) {
        self.center = center
        self.half = Point(width / 2, height / 2)
        self.radius = min(radius, width / 2, height / 2)
        self.turn = Turn(degrees: angle)
    }

    @inline(__always)
    func distance(_ point: Point) -> Float {
        let local = turn.undone(point - center)
        let beyond = Point(abs(local.x), abs(local.y)) - half + radius
        let outside = pointwiseMax(beyond, Point.zero)
        return length(outside) + min(max(beyond.x, beyond.y), 0) - radius
    }
    var bounds: Bounds { Bounds(around: center, turn.reach(of: half)) }
}

/// An ellipse, rotated about its center; the distance is exact on the edge and close to it.
struct Oval: Shape {
    var center: Point
    var half: Point
    private let turn: Turn

    /// `angle` is in degrees, clockwise.
    init(_ center: Point, width: Float, height: Float, angle: Float = 0) {
        self.center = center
        self.half = Point(width / 2, height / 2)
        self.turn = Turn(degrees: angle)
    }

    @inline(__always)
    func distance(_ point: Point) -> Float {
        let scaled = turn.undone(point - center) / half
        let ratio = length(scaled)
        let slope = length(scaled / half)
        return slope > 0 ? ratio * (ratio - 1) / slope : -min(half.x, half.y)
    }

    @inline(__always)
    func bound(_ point: Point) -> Float {
        (length(turn.undone(point - center) / half) - 1) * min(half.x, half.y)
    }
    var bounds: Bounds { Bounds(around: center, turn.reach(of: half)) }
}

/// A polygon, its corners rounded outwards by `radius`.
struct Outline: Shape {
    var corners: [Point]
    var radius: Float

    init(_ corners: [Point], radius: Float = 0) {
        self.corners = corners
        self.radius = radius
    }

    /// Creates a body that is wider at one end, standing on `bottom`.
    init(center: Float, top: Float, bottom: Float, topWidth: Float, bottomWidth: Float, radius: Float = 0) {
        let upper = topWidth / 2 - radius
        let lower = bottomWidth / 2 - radius
        self.corners = [
            Point(center - upper, top + radius), Point(center + upper, top + radius),
            Point(center + lower, bottom - radius), Point(center - lower, bottom - radius),
        ]
        self.radius = radius
    }

    func distance(_ point: Point) -> Float {
        guard var previous = corners.last else { return .infinity }
        var nearest = Float.infinity
        var isInside = false
        for corner in corners {
            let edge = previous - corner
            let offset = point - corner
            let share = min(max((offset * edge).sum() / max((edge * edge).sum(), 0.001), 0), 1)
            let gap = offset - edge * share
            nearest = min(nearest, (gap * gap).sum())
            if (corner.y > point.y) != (previous.y > point.y),
                point.x < (previous.x - corner.x) * (point.y - corner.y) / (previous.y - corner.y) + corner.x
            {
                isInside.toggle()
            }
            previous = corner
        }
        return (isInside ? -nearest.squareRoot() : nearest.squareRoot()) - radius
    }

    var bounds: Bounds {
        let first = corners.first ?? .zero
        let least = corners.reduce(first) { pointwiseMin($0, $1) }
        let most = corners.reduce(first) { pointwiseMax($0, $1) }
        return Bounds(least: least, most: most).grown(radius)
    }
}

/// A rotation about the origin.
private struct Turn: Sendable {
    let cosine: Float
    let sine: Float

    init(degrees: Float) {
        self.cosine = cos(degrees * .pi / 180)
        self.sine = sin(degrees * .pi / 180)
    }

    @inline(__always)
    func undone(_ point: Point) -> Point {
        Point(point.x * cosine + point.y * sine, point.y * cosine - point.x * sine)
    }

    func reach(of half: Point) -> Point {
        Point(abs(cosine) * half.x + abs(sine) * half.y, abs(sine) * half.x + abs(cosine) * half.y)
    }
}
