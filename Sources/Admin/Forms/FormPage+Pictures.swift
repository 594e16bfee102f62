import AdminPages
import Primitives
import Web

/// Pictures that are chosen with a new row: the row is made first, then they are added to it.
extension FormPage {
    /// The section with a row's pictures, where it has one and the reader adds them.
    private var gallery: (place: Int, section: AdminSection, pictures: AdminPictures)? {
        for (place, section) in screen.sections.enumerated() {
            if case .pictures(let pictures) = section.content, visit.may(pictures.add) {
                return (place, section, pictures)
            }
        }
        return nil
    }

    /// Returns the field for the pictures of a new row, as its template shows it; nothing where there is none. A browser holds no
    /// files for a form that is shown again: they have to be chosen anew.
    func pictureField(hadFiles: Bool) -> [String: Any] {
        guard let gallery else { return [:] }
        var field: [String: Any] = [
            "title": visit.text(gallery.section.title), "label": visit.text(SectionWords.addPictures),
            "help": visit.text(SectionWords.firstIsMain), "accept": gallery.pictures.types.joined(separator: ","),
        ]
        if hadFiles { field["again"] = visit.text(SectionWords.chooseAgain) }
        return ["gallery": field, "hasFiles": true]
    }

    /// Adds the pictures that were chosen to a row that was made just now; returns what was refused of them, nil where nothing was.
    func addPictures(to row: JSONValue, _ sent: SubmittedForm) async -> SectionState? {
        guard let gallery, sent.files.contains(where: { $0.name == "file" }) else { return nil }
        var saving = PictureSaving(visit, gallery.pictures, row, sent, at: gallery.place)
        await saving.upload()
        guard saving.state.isRefused else { return nil }
        var state = saving.state
        state.general.insert(visit.text(SectionWords.madeWithout), at: 0)
        return state
    }
}
