import Commerce
import Testing

/// Addresses as their countries write them.
@Suite struct LetterTests {
    private static func address(_ country: String, _ postalCode: String, _ city: String, _ state: String)
        -> PostalAddress
    {
        PostalAddress(
            fullName: "Ada Lindqvist", phoneNumber: "+15550100", addressLine1: "1 Main St", addressLine2: "",
            city: city, state: state, postalCode: postalCode, country: country)
    }

    @Test(
        arguments: [
            ("US", "97201", "Portland", "OR", ["Portland, OR 97201"]),
            ("US", "97201", "Portland", "", ["Portland 97201"]),
            ("US", "", "Portland", "OR", ["Portland, OR"]),
            ("CA", "M5V 2T6", "Toronto", "ON", ["Toronto ON M5V 2T6"]),
            ("DE", "10115", "Berlin", "BE", ["10115 Berlin"]),
            ("AT", "1010", "Wien", "", ["1010 Wien"]),
            ("GB", "SW1A 1AA", "London", "ENG", ["London", "SW1A 1AA"]),
            ("IE", "D02 X285", "Dublin", "D", ["Dublin", "D", "D02 X285"]),
            ("IT", "00184", "Roma", "RM", ["00184 Roma RM"]),
            ("TR", "06100", "Ankara", "06", ["06100 Ankara/06"]),
            ("BR", "01310-100", "São Paulo", "SP", ["São Paulo-SP", "01310-100"]),
            ("IN", "560001", "Bengaluru", "KA", ["Bengaluru 560001", "KA"]),
            ("XX", "1", "Town", "Region", ["1 Town", "Region"]),
            ("SG", "018956", "", "", ["018956"]),
            ("AE", "", "Dubai", "DU", ["Dubai", "DU"]),
        ] as [(String, String, String, String, [String])])
    func `a place is written in the order of its country`(
        _ country: String, _ postalCode: String, _ city: String, _ state: String, _ place: [String]
    ) {
        let address = Self.address(country, postalCode, city, state)
        #expect(address.letterLines() == ["Ada Lindqvist", "1 Main St"] + place + [country])
    }

    @Test func `the country is named where its name is known, and blank lines are left out`() {
        var address = Self.address("DE", "10115", "Z|S C", "")
        address.addressLine2 = "c/o Grace"
        #expect(
            address.letterLines(country: "Germany")
                == ["Ada Lindqvist", "1 Main St", "c/o Grace", "10115 Z|S C", "Germany"], "a name is no template")
        #expect(PostalAddress.empty.letterLines().isEmpty)
    }
}
