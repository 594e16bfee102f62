import AdminPages
import HTTPTypes
import Primitives
import Web

/// The reader's own sessions: where they have signed in, and how one of them is ended.
struct SessionPages: Sendable {
    let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    func show() async throws -> AdminPage {
        let json = try await visit.read("/api/auth/sessions/", ["page_size": "100"])
        let rows = json.rows.map { session -> [String: Any] in
            let place = [session.text("location.city"), session.text("location.country")].compactMap { $0 }
                .filter { !$0.isEmpty }.joined(separator: ", ")
            return [
                "id": session.text("id") ?? "",
                "device": Messages.device(session.text("device.name") ?? "", in: visit.language),
                "address": session.text("ip_address") ?? "", "place": place,
                "login": visit.format.moment(session.text("login_at") ?? ""),
                "activity": visit.format.moment(session.text("last_activity_at") ?? ""),
                "isCurrent": session.at("is_current") == .bool(true),
            ]
        }
        return visit.page("sessions", title: Words.sessions, ["sessions": rows])
    }

    func end() async throws -> AdminPage {
        guard let id = visit.call.parameters["id"] else { throw AdminRefusal.notFound }
        let answer = await visit.send(LocalAPI.Call(.delete, "/api/auth/sessions/\(PercentEncoding.encode(id))/"))
        guard answer.isSuccess else { throw AdminRefusal.answer(answer) }
        return visit.redirect("/admin/sessions/", saying: visit.text(Words.sessionEnded))
    }
}
