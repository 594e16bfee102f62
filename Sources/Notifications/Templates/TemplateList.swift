import Primitives
import Web

/// Which templates a list shows.
struct TemplateFilter: Sendable {
    let type: String?
    let language: String?
    let isActive: Bool?
    let isDefault: Bool?
    /// Part of name or type, in lower case.
    let search: String?

    func admits(_ template: EmailTemplate) -> Bool {
        (type == nil || type == template.type) && (language == nil || language == template.language)
            && (isActive == nil || isActive == template.isActive)
            && (isDefault == nil || isDefault == template.isDefault)
            && (search.map { "\(template.name) \(template.type)".lowercased().holds(text: $0) } ?? true)
    }
}

/// The keys by which a list of templates can be ordered.
enum TemplateSortKey: String, CaseIterable {
    case type = "template_type"
    case name
    case language
    case updatedAt = "updated_at"

    func precedes(_ left: EmailTemplate, _ right: EmailTemplate, isDescending: Bool) -> Bool {
        let (first, second) = isDescending ? (right, left) : (left, right)
        let (this, other) = (text(first), text(second))
        return this == other ? (first.type, first.language) < (second.type, second.language) : this < other
    }

    /// RFC 3339 sorts as time does; a template without a row is older than any other.
    private func text(_ template: EmailTemplate) -> String {
        switch self {
        case .type: template.type
        case .name: template.name
        case .language: template.language
        case .updatedAt: template.updatedAt?.description ?? ""
        }
    }
}
