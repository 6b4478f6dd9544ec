-- Money from payment providers (docs/decisions/038). A top-up changes only under the lock of its owner's wallet row, except
-- for attempts, next_attempt_at and hinted_at, which only say when the provider is asked next.
CREATE TABLE top_up (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    refunded_amount BIGINT NOT NULL,
    status VARCHAR(18) NOT NULL,
    provider VARCHAR(20) NOT NULL,
    payment_key VARCHAR(200) NULL,
    failure VARCHAR(200) NULL,
    entry_no BIGINT NULL,
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    approved_at DATETIME(3) NULL,
    attempts INT NOT NULL,
    next_attempt_at DATETIME(3) NULL,
    hinted_at DATETIME(3) NULL,
    KEY top_up_user (user_id, id),
    KEY top_up_status (status, id),
    KEY top_up_due (next_attempt_at),
    KEY top_up_approved (approved_at),
    CONSTRAINT top_up_amount_positive CHECK (amount > 0),
    CONSTRAINT top_up_not_over_refunded CHECK (refunded_amount >= 0 AND refunded_amount <= amount)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE top_up_refund (
    id BIGINT NOT NULL PRIMARY KEY,
    top_up_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    reason VARCHAR(400) NOT NULL,
    status VARCHAR(7) NOT NULL,
    failure VARCHAR(200) NULL,
    entry_no BIGINT NOT NULL,
    return_entry_no BIGINT NULL,
    created_at DATETIME(3) NOT NULL,
    completed_at DATETIME(3) NULL,
    attempts INT NOT NULL,
    next_attempt_at DATETIME(3) NULL,
    KEY top_up_refund_of (top_up_id, id),
    KEY top_up_refund_due (next_attempt_at),
    KEY top_up_refund_completed (completed_at),
    CONSTRAINT top_up_refund_positive CHECK (amount > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The primary key credits one top-up once, and debits and returns one refund once. In a table of its own, so that the
-- entries of orders pay for no further index.
CREATE TABLE ledger_payment (
    payment_id BIGINT NOT NULL,
    credit INT NOT NULL,
    user_id BIGINT NOT NULL,
    entry_no BIGINT NOT NULL,
    PRIMARY KEY (payment_id, credit)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE ledger_entry MODIFY COLUMN type VARCHAR(13) NOT NULL;
ALTER TABLE ledger_entry ADD COLUMN payment_id BIGINT NULL;

-- What the sandbox provider remembers in place of a real provider.
CREATE TABLE sandbox_payment (
    top_up_id BIGINT NOT NULL PRIMARY KEY,
    payment_key VARCHAR(200) NOT NULL,
    amount BIGINT NOT NULL,
    status VARCHAR(10) NOT NULL,
    approved_at DATETIME(3) NULL,
    unknown_answers INT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE sandbox_cancel (
    refund_id BIGINT NOT NULL PRIMARY KEY,
    top_up_id BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    cancelled_at DATETIME(3) NOT NULL,
    KEY sandbox_cancel_of (top_up_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
