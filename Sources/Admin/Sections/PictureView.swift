import AdminPages
import Primitives
import Web

/// Pictures of a row as their template shows them.
struct PictureView: Sendable {
    private let visit: Visit
    private let pictures: AdminPictures
    private let row: JSONValue
    /// What was sent and refused; nil where the page is shown for the first time.
    private let state: SectionState?

    init(_ visit: Visit, _ pictures: AdminPictures, _ row: JSONValue, _ state: SectionState?) {
        self.visit = visit
        self.pictures = pictures
        self.row = row
        self.state = state
    }

    /// Returns the view; the forms are sent to `address`.
    func view(at address: String, _ place: Int) async -> [String: Any] {
        let elements = row.at(pictures.member)?.elements ?? []
        var items: [[String: Any]] = []
        for (index, element) in elements.enumerated() {
            items.append(await item(element, index, of: elements.count, place))
        }
        let (mayChange, mayRemove) = (visit.may(pictures.change), visit.may(pictures.remove))
        var view: [String: Any] = [
            "send": address, "s": SectionWords.all(in: visit.language), "items": items, "isVoid": items.isEmpty,
            "hasItems": !items.isEmpty, "maySave": mayChange || mayRemove, "mayChange": mayChange,
            "mayRemove": mayRemove, "mayAdd": visit.may(pictures.add), "accept": pictures.types.joined(separator: ","),
            "fileID": "pictures-\(place)-file", "seal": visit.site.random.token(byteCount: 16),
        ]
        if let state, state.isRefused {
            let general = state.general.isEmpty ? [visit.text(SectionWords.notSaved)] : state.general
            view["refusal"] = ["sentences": general] as [String: Any]
        }
        return view
    }

    private func item(_ element: JSONValue, _ index: Int, of count: Int, _ place: Int) async -> [String: Any] {
        let id = element.text("id") ?? ""
        let number = visit.text(SectionWords.picture, String(index + 1))
        let values = FieldValues(visit: visit, fields: pictures.fields).texts(of: element)
        let isKept = state?.kept.contains(id) ?? false
        var (inputs, origins): ([[String: Any]], [String]) = ([], [])
        for field in pictures.fields {
            let (name, text) = (SectionInput.name(id, field.name), values[field.name]?.first ?? "")
            origins.append(text)
            var view = await FieldViews(visit).view(
                field, [state?.texts[name] ?? text], row: row, error: state?.errors[name])
            view.merge(["name": name, "id": "picture-\(place)-\(id)-\(field.name)"]) { $1 }
            inputs.append(view)
        }
        let words = element.text(pictures.text) ?? ""
        var view: [String: Any] = [
            "itemID": id, "itemName": words.isEmpty ? number : words, "inputs": inputs, "isFirst": index == 0,
            "isLast": index == count - 1, "number": number,
            "origin": (isKept ? state?.origins[id] : nil) ?? SectionOrigin.text(origins),
        ]
        let address = element.text(pictures.address) ?? ""
        view["large"] = address
        view["small"] = visit.picture(element.at(pictures.sizes) ?? .null) ?? address
        if let version = (isKept ? state?.versions[id] : nil) ?? element.text("version") { view["edited"] = version }
        if let problem = state?.problems[id] { view["problem"] = problem }
        return view
    }
}
