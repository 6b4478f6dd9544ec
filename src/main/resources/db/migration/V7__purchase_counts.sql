-- How many pieces of a product a user holds across all paid orders, so that an order need not read the earlier ones
-- (docs/decisions/025). Kept for the products of which product.purchase_counting says so. Negative only while COUNTING:
-- a cancellation is subtracted at once, its order may not have been added yet.
CREATE TABLE purchase_count (
    user_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (user_id, product_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Products whose earlier orders are still being counted: the event log from position (exclusive) to until_position.
CREATE TABLE purchase_scan (
    product_id BIGINT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    until_position BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- NONE: no counts; COUNTING: orders keep the counts, earlier ones are still missing; COUNTED: the counts are exact.
ALTER TABLE product ADD COLUMN purchase_counting VARCHAR(8) DEFAULT 'NONE' NOT NULL;
