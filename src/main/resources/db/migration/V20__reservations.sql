-- Stock held for a buyer (docs/decisions/040). A reservation changes only under the lock of its owner's wallet row, and
-- only once: from OPEN to PAID, EXPIRED or RELEASED.
CREATE TABLE reservation (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    status VARCHAR(8) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    ended_at DATETIME(3) NULL,
    order_id BIGINT NULL,
    UNIQUE KEY reservation_order (order_id),
    KEY reservation_user (user_id, status),
    KEY reservation_due (status, expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- counted: purchase_count contains the pieces since they were held.
CREATE TABLE reservation_item (
    reservation_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    counted BOOLEAN NOT NULL,
    PRIMARY KEY (reservation_id, product_id),
    CONSTRAINT reservation_item_positive CHECK (quantity > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- stock stays what is left to buy; held are the pieces of open reservations.
ALTER TABLE product ADD COLUMN held BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE product ADD COLUMN reservable BOOLEAN DEFAULT TRUE NOT NULL;
ALTER TABLE product ADD CONSTRAINT product_held_not_negative CHECK (held >= 0);
