import Commerce
import Primitives

extension SettingsSource {
    /// Returns the addresses that are told of what staff have to decide: `STAFF_EMAIL`, the shop's own sender by default.
    ///
    /// - Throws: `SettingsError` naming the key.
    public func staffAddresses() throws(SettingsError) -> [String] {
        let list = list("STAFF_EMAIL")
        if list.isEmpty { return [Self.sender(text("DEFAULT_FROM_EMAIL", or: "shop@localhost"))] }
        for text in list where EmailAddress(text) == nil {
            throw SettingsError("STAFF_EMAIL", "holds what is no e-mail address: \(text)")
        }
        return list
    }

    /// Returns the address of `Name <address>`, or of the address alone.
    private static func sender(_ text: String) -> String {
        let (name, address) = text.halves(at: "<")
        return (address?.halves(at: ">").0 ?? name).trimmed
    }
}
