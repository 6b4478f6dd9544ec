-- When the goods of an order were handed over or sent; from then on its buyer cannot cancel it.
ALTER TABLE orders ADD COLUMN fulfilled_at DATETIME(3) NULL;
