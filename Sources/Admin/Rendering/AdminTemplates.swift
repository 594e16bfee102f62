import CResources
import Mustache
import Primitives
import Templates

/// The templates of the admin's pages, parsed once.
struct AdminTemplates: Sendable {
    private let library: MustacheLibrary

    /// Parses the templates that the program carries.
    ///
    /// - Throws: `AdminTemplateError`.
    init() throws(AdminTemplateError) {
        var parsed: [String: MustacheTemplate] = [:]
        for resource in AdminAssets.all {
            guard let name = resource.name.before(".mustache").map({ String($0) }) else { continue }
            do {
                parsed[name] = try MustacheTemplate(markup: resource.text)
            } catch {
                throw AdminTemplateError(name: name, reason: String(describing: error))
            }
        }
        library = MustacheLibrary(templates: parsed)
    }

    func render(_ name: String, _ view: [String: Any]) -> String {
        library.render(TemplateMembers(view), withTemplate: name) ?? ""
    }
}

/// A template of the program's own that does not parse.
public struct AdminTemplateError: Error, CustomStringConvertible {
    let name: String
    let reason: String

    /// The template and the reason.
    public var description: String { "the admin's template \(name) does not parse: \(reason)" }
}
