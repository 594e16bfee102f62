import Commerce

extension Fields {
    /// A text that is to change: nil where it was not sent, empty where it was sent blank or null.
    public func change(_ name: String, length: ClosedRange<Int> = 0...255) -> String? {
        let text = optionalString(name, length: length)
        return isPresent(name) ? text ?? "" : nil
    }

    /// The same, refused with `message` where it is neither empty nor accepted by `accept`, which gives the stored form.
    public func change(
        _ name: String, length: ClosedRange<Int> = 0...255, or message: String, _ accept: (String) -> String?
    ) -> String? {
        guard let text = change(name, length: length), !text.isEmpty, !hasFailed(name) else {
            return isPresent(name) ? "" : nil
        }
        if let accepted = accept(text) { return accepted }
        fail(name, message)
        return nil
    }

    /// A telephone number that is to change.
    public func phoneChange(_ name: String) -> String? {
        change(name, length: 0...30, or: "Enter a valid phone number.") { PhoneNumber($0)?.text }
    }
}
