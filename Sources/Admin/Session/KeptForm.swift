import Commerce
import Primitives
import Web

/// A form whose session has ended, on its way through the pages that open another one: the visitor's browser carries it, sealed.
///
/// It opens for the same person, at the same browser, for the form's own address. What it holds is shown again, never sent on.
struct KeptForm: Sendable {
    /// The field that carries it.
    static let field = "kept-form"
    /// The most bytes of what is kept: with the rest of a sign-in it stays within a body that is read of anybody.
    static let limit = 256 << 10

    let site: AdminSite
    /// The visitor's cookie.
    let visitor: String
    /// The id of the person.
    let user: String
    /// The address that the form was sent to.
    let address: String

    /// Returns what was typed, sealed; nil where it is too long to be kept.
    func sealed(_ sent: SubmittedForm) -> String? {
        let texts = Self.kept(sent).flatMap { [$0.name, $0.value] }
        guard texts.reduce(0, { $0 + $1.utf8.count }) <= Self.limit else { return nil }
        return try? site.seals.typed.seal(SectionOrigin.text(texts), context: context)
    }

    /// Returns the form as it was typed; nil where it is somebody else's, or was sealed for another place.
    func opened(_ sealed: String) -> SubmittedForm? {
        guard let text = try? site.seals.typed.open(sealed, context: context) else { return nil }
        let texts = SectionOrigin.texts(text)
        return SubmittedForm(
            stride(from: 0, to: texts.count - 1, by: 2).map { (name: texts[$0], value: texts[$0 + 1]) })
    }

    private var context: String { [visitor, user, address].joined(separator: "\n") }

    /// Returns the texts of a form that may be kept: no file, no token, and none that its page says to be secret.
    static func kept(_ sent: SubmittedForm) -> [(name: String, value: String)] {
        let left = Set(["csrf", field, SecretInput.field] + sent.all(SecretInput.field))
        return sent.texts.filter { !left.contains($0.name) }
    }
}

/// The mark by which a page says which of its inputs hold secrets.
enum SecretInput {
    static let field = "secret-input"
}

extension Visit {
    /// Returns a form that this reader typed before their session ended, which is to be shown again; nil for any other.
    ///
    /// - Throws: `AdminRefusal.forgedForm` where it says so and is not theirs.
    func former(_ sent: SubmittedForm) throws -> SubmittedForm? {
        let (user, visitor) = ("\(identity.userID)", AdminCookie.visitor.value(in: call))
        if isOwn(sent) {
            guard let sealed = sent[KeptForm.field] else { return nil }
            let kept = KeptForm(site: site, visitor: visitor ?? "", user: user, address: call.address)
            guard let opened = kept.opened(sealed) else { throw AdminRefusal.forgedForm }
            return opened
        }
        // Whoever has signed in again elsewhere in their browser meanwhile.
        guard site.seals.owner(of: sent["csrf"], at: visitor) == user else { return nil }
        return SubmittedForm(KeptForm.kept(sent))
    }

    /// The same visit, which shows what was typed into a form and does nothing.
    var returning: Visit {
        var visit = self
        visit.isReturning = true
        return visit
    }
}
