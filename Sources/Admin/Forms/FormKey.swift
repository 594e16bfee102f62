import HTTPTypes
import Primitives
import Web

extension SubmittedForm {
    /// Returns the idempotency key of one of the calls that a form can make; nil where the form has none under `name`. Calls that
    /// differ have keys that differ, so a form that is sent twice makes each of its calls once.
    func key(of call: LocalAPI.Call, _ name: String = "once") -> String? {
        guard let once = self[name], !once.isEmpty else { return nil }
        let parts = Array("\(call.method.rawValue) \(call.path)\n".utf8) + call.body
        return once + "-" + Hex.encode(Digest.sha256(parts).prefix(12))
    }
}
