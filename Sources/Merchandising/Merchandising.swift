// Merchandising
