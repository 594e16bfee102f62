import AdminPages
import HTTPTypes
import Primitives
import Testing
import Web

@testable import Admin

/// Refusals at the fields that they are about.
@Suite struct FormErrorsTests {
    private static let fields = ["name", "items"].map { AdminField($0, Phrase($0, $0), .text) }

    private static func errors(_ json: String, _ language: AdminLanguage = .english) -> FormErrors {
        let answer = APIAnswer(APIResponse.json(.badRequest, Array(json.utf8)))
        return FormErrors(answer, fields, language)
    }

    @Test func `a sentence stands at its field, and one about no field of the form above it`() {
        let errors = Self.errors(
            #"{"name": ["This field is required."], "other": ["No."], "non_field_errors": ["Both.", "Neither."]}"#)
        #expect(errors.byField == ["name": "This field is required."])
        #expect(Set(errors.general) == ["other: No.", "Both.", "Neither."])
    }

    @Test func `a sentence deep within a list says where`() {
        let errors = Self.errors(#"{"items": [{}, {"quantity": ["Too many.", "Odd."], "id": {"x": ["No."]}}]}"#)
        #expect(errors.byField["items"] == "2.id.x: No. 2.quantity: Too many. 2.quantity: Odd.")
        #expect(Self.errors(#"{"items": {"1": ["Bad."]}}"#).byField["items"] == "1: Bad.")
    }

    @Test func `a refusal as a whole is one sentence, in the reader's language`() {
        #expect(Self.errors(#"{"detail": "Not found.", "code": "not_found"}"#).general == ["Not found."])
        #expect(Self.errors(#"{"detail": "Not found."}"#, .german).general == ["Nicht gefunden."])
        let long = #"{"name": ["Ensure this field has no more than 40 characters."]}"#
        #expect(Self.errors(long, .german).byField["name"] == "Höchstens 40 Zeichen.")
        #expect(
            Self.errors(#"{"name": ["Said in no other words."]}"#, .german).byField["name"] == "Said in no other words."
        )
    }

    @Test(arguments: [401, 403, 404, 409, 412, 413, 429, 400, 500, 503])
    func `a refusal without words says something all the same`(_ code: Int) {
        let answer = APIAnswer(APIResponse(status: HTTPResponse.Status(code: code)))
        for language in AdminLanguage.allCases {
            let errors = FormErrors(answer, Self.fields, language)
            #expect(errors.general.count == 1 && errors.general[0].count > 10 && errors.byField.isEmpty)
        }
        #expect(
            Words.reason(of: HTTPResponse.Status(code: code)).english
                != Words.reason(of: HTTPResponse.Status(code: code)).german)
    }

    @Test func `what is no sentence makes no noise`() {
        for json in [#"{"name": null}"#, #"{"name": []}"#, #"{"name": 5}"#] {
            #expect(Self.errors(json).general.allSatisfy { !$0.contains("nil") })
        }
    }
}
