-- Refunds of pieces of an order (docs/decisions/041). Batches only insert rows; what has been refunded of an order is
-- in orders.refunded, so that deciding a refund costs the same however many there were.
CREATE TABLE order_refund (
    id BIGINT NOT NULL PRIMARY KEY,
    order_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    items MEDIUMTEXT NOT NULL,
    amount BIGINT NOT NULL,
    coupon_returned BOOLEAN NOT NULL,
    restocked BOOLEAN NOT NULL,
    reason VARCHAR(400) NULL,
    refunded_at DATETIME(3) NOT NULL,
    KEY order_refund_order (order_id, id),
    CONSTRAINT order_refund_not_negative CHECK (amount >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- PARTIALLY_REFUNDED has 18 characters. refunded: the refunded pieces of each line, as a JSON array in the order of the
-- lines; NULL if there are none. attributes: a JSON object of texts; NULL if the client gave none.
ALTER TABLE orders MODIFY COLUMN status VARCHAR(18) NOT NULL;
ALTER TABLE orders ADD COLUMN refunded VARCHAR(1000) NULL;
ALTER TABLE orders ADD COLUMN attributes MEDIUMTEXT NULL;

-- ADJUSTMENT: by an operator, the opening stock included; WRITE_OFF: refunded pieces that cannot be sold again.
ALTER TABLE stock_movement ADD COLUMN type VARCHAR(10) NOT NULL DEFAULT 'ADJUSTMENT';
