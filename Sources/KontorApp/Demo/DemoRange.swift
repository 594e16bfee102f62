import Media

/// A second-level category of the demo shop and what its products are made of.
struct DemoRange: Sendable {
    let category: String
    let nouns: [String]
    let materials: [String]
    let sizes: [String]
    /// How much more each size costs than the one before it, in cents.
    let sizeStep: Int
    let colors: [String]
    /// Cents.
    let prices: ClosedRange<Int>
    /// Grams.
    let weights: ClosedRange<Int>
    let motif: Motif

    /// Whether its products are sold by size or color.
    var hasVariants: Bool { !sizes.isEmpty || !colors.isEmpty }

    init(
        _ category: String, _ nouns: [String], of materials: [String], sizes: [String] = [], sizeStep: Int = 0,
        colors: [String] = [], prices: ClosedRange<Int>, weights: ClosedRange<Int>, _ motif: Motif
    ) {
        self.category = category
        self.nouns = nouns
        self.materials = materials
        self.sizes = sizes
        self.sizeStep = sizeStep
        self.colors = colors
        self.prices = prices
        self.weights = weights
        self.motif = motif
    }
}
