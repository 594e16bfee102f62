import Primitives
import Templates

/// The templates of the admin's pages, parsed once.
struct AdminTemplates: Sendable {
    private let templates: PageTemplates

    /// Parses the templates that the program carries.
    ///
    /// - Throws: `AdminTemplateError`.
    init() throws(AdminTemplateError) {
        var parsed: [String: PageTemplate] = [:]
        for resource in AdminAssets.all {
            guard let name = resource.name.before(".mustache").map({ String($0) }) else { continue }
            do {
                parsed[name] = try PageTemplate(resource.text)
            } catch {
                throw AdminTemplateError(name: name, reason: error.description)
            }
        }
        do {
            templates = try PageTemplates(parsed)
        } catch {
            throw AdminTemplateError(name: "of all", reason: error.description)
        }
    }

    /// Returns a page as UTF-8.
    func render(_ name: String, _ view: [String: Any]) -> [UInt8] {
        templates.render(name, .object(PageMembers(view)))
    }
}

/// A template of the program's own that does not parse.
public struct AdminTemplateError: Error, CustomStringConvertible {
    let name: String
    let reason: String

    /// The template and the reason.
    public var description: String { "the admin's template \(name) does not parse: \(reason)" }
}
