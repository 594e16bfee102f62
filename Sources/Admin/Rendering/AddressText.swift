import Commerce
import Primitives

extension PostalAddress {
    /// Reads an address of an answer; what it does not have is blank.
    init(of json: JSONValue) {
        let text = { (member: String) in json.text(member) ?? "" }
        self.init(
            fullName: text("full_name"), phoneNumber: text("phone_number"), addressLine1: text("address_line1"),
            addressLine2: text("address_line2"), city: text("city"), state: text("state"),
            postalCode: text("postal_code"), country: text("country"))
    }
}
