"""A shop with something on every page of its admin, made by its API as customers, vendors and staff would."""

import datetime

from .pictures import draw
from .shop import ADMIN


def furnish(shop, folder, products=40, users=5, orders=60):
    """Fills a shop that is served, and returns the administrator's API; without products it keeps those that are there."""
    if products:
        shop.run("seed", "--products", str(products), "--users", str(users), "--orders", str(orders), "--yes")
    shop.run("createsuperuser", "--email", ADMIN[0], "--password", ADMIN[1], "--promote")
    staff = shop.admin()
    house = House(shop, staff, folder)
    house.settings()
    house.goods()
    house.buy()
    house.sell()
    house.people()
    house.system()
    return staff


class House:
    def __init__(self, shop, staff, folder):
        self.shop, self.staff, self.folder = shop, staff, folder

    def settings(self):
        staff = self.staff
        staff.post("/api/admin/tax-rates/", {"name": "Maine", "country": "US", "state": "ME", "rate": "0.055", "tax_class": "standard"})
        staff.post("/api/admin/shipping-methods/", {"code": "POST", "name": "Parcel", "countries": ["US"], "price": "4.90"})
        staff.post("/api/admin/coupons/", {
            "code": "SUMMER", "discount_type": "percentage", "discount_value": "15", "description": "The whole summer"})
        staff.post("/api/inventory/warehouses/", {"code": "SOUTH", "name": "South", "city": "Austin", "country": "US"})
        staff.post("/api/admin/commission-rules/", {"rate": "0.08"})

    def goods(self):
        staff = self.staff
        category = staff.post("/api/categories/", {"name": "Lamps", "description": "Light."})["id"]
        staff.post("/api/categories/", {"name": "Reading lamps", "parent": category})
        product = staff.post("/api/products/", {
            "name": "Brass Reading Lamp", "sku": "LAMP-1", "price": "89.50", "category": category, "description": "Warm light.",
            "variants": [
                {"sku": f"LAMP-1-{color.upper()}", "options": [{"type": "Color", "value": color}], "stock_quantity": 20}
                for color in ("Brass", "Black")]})
        self.product, self.variants = product["id"], [one["id"] for one in product["variants"]]
        for number in (1, 2):
            self.upload(staff, f"/api/products/{self.product}/images/", "image", draw(f"{self.folder}/lamp-{number}.png", number))
        self.plain = staff.post("/api/products/", {
            "name": "Linen Shade", "sku": "SHADE-1", "price": "19.00", "category": category, "stock_quantity": 3})["id"]
        level = staff.get(f"/api/inventory/stock/?product={self.plain}")["results"][0]["id"]
        staff.patch(f"/api/inventory/levels/{level}/", {"reorder_level": 10})

    def upload(self, api, path, name, file, texts=()):
        """Sends a file of a form."""
        data = open(file, "rb").read() if isinstance(file, str) else file
        parts = [f'--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in texts]
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="file"\r\n\r\n'.encode()
        body = b"".join(parts) + head + data + b"\r\n--b--\r\n"
        status, _, answer = api.send("POST", path, data=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
        assert 200 <= status < 300, f"POST {path}: {status} {answer[:300]}"

    def buy(self):
        """Orders in every state, with a return, a refund and a cancellation."""
        staff = self.staff
        eve = self.shop.customer("eve@example.com", "Eve", "Moreau")
        line = [(self.product, self.variants[0], 2), (self.plain, None, 1)]
        eve.order(line[:1], paying="cod")
        paid = [eve.order(line[:1]) for _ in range(4)]
        for order in paid:
            eve.pay(order)
        for order in paid[1:]:
            staff.post(f"/api/admin/orders/{order['id']}/shipments/", {"carrier": "DHL", "tracking_number": "JD0146"})
        for order in paid[2:]:
            staff.put(f"/api/admin/orders/{order['id']}/status/", {"status": "delivered"})
        back = eve.post(f"/api/orders/{paid[2]['id']}/returns/", {
            "items": [{"order_item_id": paid[2]["items"][0]["id"], "quantity": 1}], "note": "Too bright"})
        staff.post(f"/api/admin/returns/{back['id']}/approve/")
        eve.post(f"/api/orders/{paid[3]['id']}/returns/", {
            "items": [{"order_item_id": paid[3]["items"][0]["id"], "quantity": 1}], "note": "Scratched"})
        payment = staff.get(f"/api/admin/payments/?order={paid[2]['id']}")["results"][0]
        staff.post(f"/api/payments/{payment['id']}/refund/", {"amount": "10.00", "reason": "Scratched"})
        asked = staff.get(f"/api/admin/payments/?order={paid[3]['id']}")["results"][0]
        eve.post(f"/api/payments/{asked['id']}/refund/", {"amount": "5.00", "reason": "It flickers"})
        staff.post(f"/api/admin/orders/{paid[0]['id']}/notes/", {"text": "Gift wrapping", "is_visible": False})
        canceled = eve.order(line[:1])
        eve.put(f"/api/orders/{canceled['id']}/cancel/")
        eve.post(f"/api/products/{self.product}/reviews/", {"rating": 4, "title": "Bright", "review_text": "A lovely lamp."})

    def sell(self):
        """A vendor who sells, and one who waits."""
        staff = self.staff
        vera, walt = self.shop.customer("vera@example.com", "Vera", "Vendor"), self.shop.customer("walt@example.com", "Walt", "Waiting")
        made = vera.post("/api/vendors/register/", {
            "business_name": "Vera’s Lights", "business_type": "individual", "email": "vera@example.com", "description": "Handmade"})
        walt.post("/api/vendors/register/", {"business_name": "Walt & Sons", "business_type": "company"})
        vendor = made.get("id") or staff.get("/api/admin/vendors/?search=Vera")["results"][0]["id"]
        self.upload(vera, "/api/vendors/documents/", "document", b"%PDF-1.4\n%%EOF\n", [("document_type", "address_proof")])
        staff.put(f"/api/admin/vendors/{vendor}/approve/")
        category = staff.get("/api/categories/")["results"][0]["id"]
        seller = self.shop.login("vera@example.com", ADMIN[1])
        seller.post("/api/products/", {"name": "Vera’s Lantern", "sku": "VERA-1", "price": "45.00", "category": category, "stock_quantity": 5})
        staff.post(f"/api/admin/vendors/{vendor}/adjustments/", {"amount": "25.00", "reason": "Welcome", "password": ADMIN[1]})
        year = datetime.date.today().year
        staff.post("/api/admin/vendors/payouts/process/", {
            "period_start": f"{year}-01-01", "period_end": f"{year}-12-31", "vendors": [vendor], "password": ADMIN[1]})

    def people(self):
        staff = self.staff
        staff.post("/api/admin/groups/", {"name": "Packers", "permissions": ["orders.view"]})
        self.shop.customer("clerk@example.com", "Carla", "Clerk")
        self.shop.rows("UPDATE users SET role = 'staff', permissions = 'orders.view' WHERE email = 'clerk@example.com'")

    def system(self):
        staff = self.staff
        staff.post("/api/admin/webhooks/", {"url": "https://receiver.example.com/hook", "topics": ["order.*"], "description": "Books"})
        staff.post("/api/admin/suppressions/", {"email": "gone@example.com"})
        kind = staff.get("/api/admin/cron/")[0]["kind"]
        self.shop.rows(
            "INSERT INTO jobs (kind, payload, lane, priority, state, run_at, failures, attempts, max_attempts, last_error, created_at, "
            "died_at) VALUES (?, '{}', 0, 1, 2, 0, 1, 1, 1, 'The disk was full.', 0, 0)", kind)
        self.shop.rows(
            "INSERT INTO disputes (payment_id, order_id, gateway, gateway_dispute_id, status, amount, currency, reason, created_at, "
            "updated_at) SELECT id, order_id, 'sandbox', 'dp_1', 'open', amount, currency, 'fraudulent', 0, 0 FROM payments LIMIT 1")
        staff.until("a mail", "/api/admin/mailbox/", lambda box: box["count"] > 0)
