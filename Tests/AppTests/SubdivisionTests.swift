import Commerce
import Testing

/// How states are read.
@Suite struct SubdivisionTests {
    private static let names: [(country: String, text: String, code: String)] = [
        ("US", "California", "CA"), ("US", "CALIFORNIA", "CA"), ("US", "Calif.", "CA"), ("US", "Calif", "CA"),
        ("US", "us-ca", "CA"), ("US", "ca", "CA"), ("US", " N.Y. ", "NY"), ("US", "State of New York", "NY"),
        ("US", "New  York", "NY"), ("US", "Washington", "WA"), ("US", "Washington, D.C.", "DC"),
        ("US", "Puerto Rico", "PR"),
        ("US", "AE", "AE"), ("US", "W. Va.", "WV"), ("US", "Nueva York", "NY"), ("US", "District of Columbia", "DC"),
        ("CA", "Québec", "QC"), ("CA", "Quebec", "QC"), ("CA", "PQ", "QC"), ("CA", "P.Q.", "QC"), ("CA", "Qué.", "QC"),
        ("CA", "Ont.", "ON"), ("CA", "Colombie-Britannique", "BC"), ("CA", "NF", "NL"), ("CA", "Yukon Territory", "YT"),
        ("AU", "New South Wales", "NSW"), ("AU", "N.S.W.", "NSW"), ("AU", "nsw", "NSW"), ("AU", "Vic", "VIC"),
        ("DE", "Bayern", "BY"), ("DE", "Bavaria", "BY"), ("DE", "Thueringen", "TH"), ("DE", "NRW", "NW"),
        ("AT", "NÖ", "3"), ("CH", "Zürich", "ZH"), ("CH", "Genf", "GE"), ("CH", "Kanton Bern", "BE"),
        ("ES", "Islas Canarias", "CN"), ("ES", "Las Palmas", "GC"), ("FR", "Île-de-France", "IDF"),
        ("FR", "Paris", "75C"),
        ("IT", "Lombardia", "25"), ("IE", "Co. Dublin", "D"), ("IE", "County Cork", "CO"),
        ("GB", "Northern Ireland", "NIR"),
        ("GB", "Greater London", "ENG"), ("IN", "Tamil Nadu", "TN"), ("IN", "OR", "OD"), ("IN", "Uttarakhand", "UK"),
        ("IN", "महाराष्ट्र", "MH"),
        ("MX", "D.F.", "CMX"), ("MX", "Jalisco", "JAL"), ("MX", "Edo. Méx.", "MEX"), ("BR", "São Paulo", "SP"),
        ("AR", "C.A.B.A.", "C"), ("JP", "Tokyo", "13"), ("JP", "東京都", "13"), ("JP", "Osaka-fu", "27"),
        ("JP", "Kyoto Prefecture", "26"), ("CN", "Guangdong Province", "GD"), ("NL", "Noord-Holland", "NH"),
        ("PL", "mazowieckie", "14"), ("CZ", "Praha", "10"), ("TR", "İstanbul", "34"), ("GR", "Αττική", "I"),
        ("RU", "Московская область", "MOS"), ("RU", "Moscow", "MOW"),
    ]

    @Test(arguments: names)
    func `a state is known by its code, its names and its abbreviations`(
        _ country: String, _ text: String, _ code: String
    ) {
        let trimmed = text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        #expect(Subdivisions.read(trimmed, in: country) == .code(code))
        #expect(Destination(country: country.lowercased(), state: trimmed).state == code)
    }

    @Test(arguments: [
        ("US", "Califrnia"), ("US", "ZZ"), ("US", "Ontario"), ("CA", "Texas"), ("DE", "Texas"), ("AU", "California"),
        ("US", "California and Nevada"), ("US", "CA-US"), ("DE", "7"),
    ])
    func `what is no state of the country is none`(_ country: String, _ text: String) {
        #expect(Subdivisions.read(text, in: country) == .unknown)
    }

    @Test(arguments: [("US", ""), ("US", "-"), ("US", "n/a"), ("DE", "None"), ("HK", "")])
    func `what says that there is none is empty`(_ country: String, _ text: String) {
        #expect(Subdivisions.read(text, in: country) == .empty)
    }

    @Test func `a country without coded subdivisions takes what is said`() {
        #expect(Subdivisions.read("Kowloon", in: "HK") == .uncoded("Kowloon"))
        #expect(Subdivisions.read("Singapore", in: "SG") == .uncoded("Singapore"))
    }

    @Test func `an address means the province where a rule means the region`() {
        #expect(Subdivisions.read("Madrid", in: "ES") == .code("M"))
        #expect(Subdivisions.read("Madrid", in: "ES", isRule: true) == .code("MD"))
        #expect(Subdivisions.around("M", in: "ES") == ["MD", "M"])
        #expect(Subdivisions.around("CA", in: "US") == ["CA"])
    }

    @Test(arguments: ["US", "CA", "AU", "IN", "BR", "MX", "JP", "DE", "ES", "IT", "GB", "FR", "CN", "RU", "AR"])
    func `every code of a country is read as itself, in either case`(_ country: String) {
        let codes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".map(String.init)
        let pairs = codes.flatMap { first in codes.map { first + $0 } }
        let known = pairs.filter { Subdivisions.read($0, in: country) == .code($0) }
        #expect(!known.isEmpty || country == "AR" || country == "MX" || country == "RU" || country == "GB")
        #expect(known.allSatisfy { Subdivisions.read(country + "-" + $0.lowercased(), in: country) == .code($0) })
    }
}
