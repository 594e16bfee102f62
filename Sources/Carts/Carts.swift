// Carts
