-- Every statement runs unchanged on MySQL 8.0, MariaDB 10.11 and H2 in MySQL mode.
-- Times are UTC. Money is whole won. CHECKs and unique keys are the last line of defence, never the first.

CREATE TABLE wallet (
    user_id BIGINT NOT NULL PRIMARY KEY,
    balance BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    CONSTRAINT wallet_balance_not_negative CHECK (balance >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE ledger_entry (
    user_id BIGINT NOT NULL,
    entry_no BIGINT NOT NULL,
    id BIGINT NOT NULL,
    type VARCHAR(7) NOT NULL,
    amount BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    order_id BIGINT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (user_id, entry_no),
    CONSTRAINT ledger_balance_not_negative CHECK (balance_after >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE product (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    description VARCHAR(2000) NULL,
    price BIGINT NOT NULL,
    stock BIGINT NOT NULL,
    purchase_limit BIGINT NULL,
    sale_starts_at DATETIME(3) NULL,
    sale_ends_at DATETIME(3) NULL,
    created_at DATETIME(3) NOT NULL,
    CONSTRAINT product_stock_not_negative CHECK (stock >= 0),
    CONSTRAINT product_price_not_negative CHECK (price >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What was put into stock by hand, the opening stock included. Sales are the orders' own rows.
CREATE TABLE stock_movement (
    id BIGINT NOT NULL PRIMARY KEY,
    product_id BIGINT NOT NULL,
    delta BIGINT NOT NULL,
    reason VARCHAR(200) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    KEY stock_movement_product (product_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE campaign (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    discount_type VARCHAR(7) NOT NULL,
    discount_value BIGINT NOT NULL,
    discount_max BIGINT NULL,
    min_order_amount BIGINT NOT NULL,
    total_quantity BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    starts_at DATETIME(3) NOT NULL,
    ends_at DATETIME(3) NOT NULL,
    coupon_valid_days INT NOT NULL,
    paused BOOLEAN NOT NULL,
    created_at DATETIME(3) NOT NULL,
    KEY campaign_ends (ends_at),
    CONSTRAINT campaign_not_over_issued CHECK (issued >= 0 AND issued <= total_quantity)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE coupon (
    id BIGINT NOT NULL PRIMARY KEY,
    campaign_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    used_order_id BIGINT NULL,
    issued_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    UNIQUE KEY coupon_once_per_user (user_id, campaign_id),
    UNIQUE KEY coupon_place_in_line (campaign_id, sequence)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One row per order: its lines travel inside it (docs/decisions/002).
CREATE TABLE orders (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    status VARCHAR(9) NOT NULL,
    items MEDIUMTEXT NOT NULL,
    total_amount BIGINT NOT NULL,
    discount_amount BIGINT NOT NULL,
    paid_amount BIGINT NOT NULL,
    coupon_id BIGINT NULL,
    ordered_at DATETIME(3) NOT NULL,
    cancelled_at DATETIME(3) NULL,
    KEY orders_user (user_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The outbox and the pull feed in one: positions are given out under the lock of feed_head, so they
-- become visible in order and without gaps (docs/decisions/003).
CREATE TABLE order_event (
    position BIGINT NOT NULL PRIMARY KEY,
    type VARCHAR(14) NOT NULL,
    user_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    occurred_at DATETIME(3) NOT NULL,
    body MEDIUMTEXT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE feed_head (
    id INT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO feed_head (id, position) VALUES (1, 0);

-- How far each reader of the feed has come.
CREATE TABLE feed_reader (
    name VARCHAR(40) NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    updated_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Pieces sold by UTC minute (M), hour (H) and day (D) of payment, net of cancellations.
CREATE TABLE sales_bucket (
    span CHAR(1) NOT NULL,
    starts_at DATETIME(3) NOT NULL,
    product_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (span, starts_at, product_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The first answer to each keyed request. user_id 0 is the operator of local mode.
CREATE TABLE idempotency_key (
    user_id BIGINT NOT NULL,
    idem_key VARBINARY(255) NOT NULL,
    fingerprint BINARY(16) NOT NULL,
    answer MEDIUMTEXT NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (user_id, idem_key),
    KEY idempotency_key_age (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The operator's switch over the whole sale.
CREATE TABLE sale (
    id INT NOT NULL PRIMARY KEY,
    paused BOOLEAN NOT NULL,
    message VARCHAR(200) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO sale (id, paused, message) VALUES (1, FALSE, NULL);

-- Every start of an instance takes the next number; ids carry it, so no two instances make the same id.
CREATE TABLE instance (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    started_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
