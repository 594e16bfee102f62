import Commerce
import SQL

/// The statements of `vendor_profiles`.
enum VendorProfileQueries {
    static func find(_ vendor: VendorID, _ connection: Connection) throws -> VendorProfile? {
        try connection.first("SELECT \(VendorProfile.columns) FROM vendor_profiles WHERE vendor_id = \(vendor)")
    }

    static func all(of vendors: [VendorID], _ connection: Connection) throws -> [VendorID: VendorProfile] {
        guard !vendors.isEmpty else { return [:] }
        let rows = try connection.all(
            "SELECT vendor_id, \(VendorProfile.columns) FROM vendor_profiles WHERE vendor_id IN (\(list: vendors))"
        ) { row in
            (id: try row(VendorID.self), profile: try VendorProfile(row: &row))
        }
        return Dictionary(rows.map { ($0.id, $0.profile) }) { first, _ in first }
    }

    static func insert(_ profile: VendorProfile, of vendor: VendorID, _ tx: Transaction) throws {
        try tx.execute("INSERT INTO vendor_profiles \(insert: try profile.values() + ["vendor_id": vendor])")
    }

    static func update(_ profile: VendorProfile, of vendor: VendorID, _ tx: Transaction) throws {
        try tx.execute("UPDATE vendor_profiles SET \(set: try profile.values()) WHERE vendor_id = \(vendor)")
    }
}
