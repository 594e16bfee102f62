import Primitives

/// The number that customers call their order by: ten capitals and digits of which none is mistaken for another,
/// unguessable, a letter first so that no number is an id.
enum OrderNumber {
    private static let letters = Array("ABCDEFGHJKMNPQRSTVWXYZ")
    private static let all = letters + Array("23456789")

    static func make(_ random: RandomSource) -> String {
        String(letters[random.number(below: letters.count)])
            + String((1..<10).map { _ in all[random.number(below: all.count)] })
    }
}
