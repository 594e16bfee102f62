import Commerce

extension Fields {
    /// Reads a text to change: nil where it was not sent, empty where it was sent blank or null.
    public func change(_ name: String, length: ClosedRange<Int> = 0...255) -> String? {
        let text = optionalString(name, length: length)
        return isPresent(name) ? text ?? "" : nil
    }

    /// Reads a text to change that is refused with `message` where it is not empty and `accept`, which returns the form
    /// to store, returns nil.
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

    /// Reads a telephone number to change.
    public func phoneChange(_ name: String) -> String? {
        change(name, length: 0...30, or: "Enter a valid phone number.") { PhoneNumber($0)?.text }
    }
}
