import Media

/// The demo shop's categories: eight roots with their ranges.
enum DemoTree {
    static let roots: [(name: String, description: String, ranges: [DemoRange])] = [
        ("Clothing", "Everyday clothes that last", clothing),
        ("Shoes & Bags", "To walk in and to carry", shoesAndBags),
        ("Kitchen", "For cooks and for guests", kitchen),
        ("Living", "Furniture, light and green", living),
        ("Electronics", "Things that switch on", electronics),
        ("Books & Paper", "To read and to write", paper),
        ("Sports & Outdoors", "Fresh air included", outdoors),
        ("Pantry", "Good things in jars and bottles", pantry),
    ]

    private static let shirtSizes = ["S", "M", "L", "XL"]

    private static let clothing = [
        DemoRange(
            "T-Shirts", ["Tee", "Pocket Tee", "Longsleeve"], of: ["Organic Cotton", "Heavy Cotton", "Hemp", "Merino"],
            sizes: shirtSizes, colors: ["White", "Navy", "Moss"], prices: 1_900...4_900, weights: 160...260, .shirt),
        DemoRange(
            "Knitwear", ["Pullover", "Cardigan", "Vest"], of: ["Lambswool", "Merino", "Alpaca", "Cotton"],
            sizes: shirtSizes, colors: ["Oat", "Charcoal"], prices: 6_900...18_900, weights: 350...700, .shirt),
        DemoRange(
            "Shirts", ["Shirt", "Overshirt", "Work Shirt"], of: ["Oxford", "Linen", "Flannel", "Denim"],
            sizes: shirtSizes, prices: 4_900...11_900, weights: 220...480, .shirt),
    ]

    private static let shoesAndBags = [
        DemoRange(
            "Sneakers", ["Runner", "Court Shoe", "Low Top"], of: ["Canvas", "Suede", "Knit", "Leather"],
            sizes: ["38", "40", "42", "44"], prices: 6_900...15_900, weights: 600...950, .shoe),
        DemoRange(
            "Backpacks", ["Day Pack", "Roll-Top", "Commuter"], of: ["Waxed Canvas", "Recycled Nylon", "Cordura"],
            colors: ["Black", "Olive", "Rust"], prices: 7_900...19_900, weights: 700...1_400, .bag),
        DemoRange(
            "Totes", ["Market Tote", "Shopper", "Weekender"], of: ["Canvas", "Leather", "Felt"], prices: 2_900...24_900,
            weights: 300...1_600, .bag),
    ]

    private static let kitchen = [
        DemoRange(
            "Mugs & Cups", ["Mug", "Espresso Cup", "Tumbler"],
            of: ["Stoneware", "Enamel", "Porcelain", "Speckled Clay"],
            prices: 900...3_400, weights: 180...420, .mug),
        DemoRange(
            "Carafes", ["Carafe", "Decanter", "Oil Bottle"], of: ["Borosilicate", "Smoked Glass", "Recycled Glass"],
            prices: 1_900...6_900, weights: 400...1_100, .bottle),
        DemoRange(
            "Storage Jars", ["Storage Jar", "Canister", "Spice Jar"], of: ["Glass", "Beech & Glass", "Ceramic"],
            prices: 700...3_900, weights: 250...900, .jar),
    ]

    private static let living = [
        DemoRange(
            "Lamps", ["Table Lamp", "Floor Lamp", "Pendant"], of: ["Brass", "Linen", "Oak", "Opal Glass"],
            prices: 4_900...34_900, weights: 900...6_500, .lamp),
        DemoRange(
            "Chairs", ["Dining Chair", "Lounge Chair", "Stool"], of: ["Oak", "Ash", "Bouclé", "Rattan"],
            prices: 9_900...59_900, weights: 3_500...14_000, .chair),
        DemoRange(
            "Plants", ["Monstera", "Rubber Plant", "Snake Plant", "Olive Tree"], of: ["Small", "Tall", "Potted"],
            prices: 1_400...8_900, weights: 900...7_500, .plant),
    ]

    private static let electronics = [
        DemoRange(
            "Headphones", ["Headphones", "Studio Headphones", "Kids' Headphones"],
            of: ["Wireless", "Wired", "Folding"],
            colors: ["Graphite", "Sand"], prices: 3_900...34_900, weights: 180...320, .headphones),
        DemoRange(
            "Speakers", ["Speaker", "Bookshelf Speaker", "Travel Speaker"], of: ["Walnut", "Aluminium", "Concrete"],
            prices: 4_900...49_900, weights: 450...5_200, .speaker),
        DemoRange(
            "Phones", ["Phone", "Phone Mini", "Phone Max"], of: ["Repairable", "Slim", "Rugged"],
            sizes: ["128 GB", "256 GB"], sizeStep: 10_000, prices: 29_900...89_900, weights: 150...260, .phone),
        DemoRange(
            "Watches", ["Field Watch", "Dress Watch", "Diver"], of: ["Steel", "Titanium", "Bronze"],
            prices: 8_900...89_900, weights: 60...180, .watch),
    ]

    private static let paper = [
        DemoRange(
            "Notebooks", ["Notebook", "Sketchbook", "Planner"], of: ["Linen-Bound", "Dotted", "Recycled", "Pocket"],
            prices: 600...3_200, weights: 120...620, .book),
        DemoRange(
            "Cookbooks", ["Bread", "Vegetables", "Preserving", "Noodles"],
            of: ["The Book of", "A Year of", "Simple", "At Home:"], prices: 1_800...4_900, weights: 600...1_900, .book),
    ]

    private static let outdoors = [
        DemoRange(
            "Balls", ["Football", "Basketball", "Volleyball"], of: ["Match", "Street", "Training"],
            prices: 1_500...6_900,
            weights: 280...650, .ball),
        DemoRange(
            "Flasks", ["Flask", "Trail Bottle", "Thermos"], of: ["Steel", "Insulated", "Titanium"],
            sizes: ["0.5 l", "1 l"], sizeStep: 650, prices: 1_900...7_900, weights: 180...620, .bottle),
        DemoRange(
            "Trail Shoes", ["Trail Runner", "Hiker", "Approach Shoe"], of: ["Mesh", "Nubuck", "Waterproof"],
            sizes: ["39", "41", "43", "45"], prices: 8_900...21_900, weights: 620...1_250, .shoe),
    ]

    private static let pantry = [
        DemoRange(
            "Preserves", ["Marmalade", "Plum Jam", "Chutney", "Pickles"],
            of: ["Seville", "Smoky", "Garden", "Old-Fashioned"],
            prices: 450...1_290, weights: 320...620, .jar),
        DemoRange(
            "Oils & Vinegars", ["Olive Oil", "Rapeseed Oil", "Cider Vinegar"],
            of: ["Cold-Pressed", "Early Harvest", "Barrel-Aged"],
            prices: 690...3_900, weights: 550...1_300, .bottle),
        DemoRange(
            "Gift Boxes", ["Gift Box", "Breakfast Box", "Tasting Box"], of: ["Small", "Large", "Seasonal"],
            prices: 2_900...9_900, weights: 1_200...4_200, .parcel),
    ]
}
