-- request_no: the number of the request in its idempotency key at the provider: the next one after an answer, the same
-- one without. refused: a refund is returned to the balance only once two requests in a row were refused.
-- cancelling: an operator has begun to have the payment cancelled; it is not credited from then on.
-- needs_operator: why the payment cannot be settled without an operator; null if it can.
-- cancel_key: the provider's key of the cancellation that paid the refund back. One cancellation pays back one refund.
ALTER TABLE top_up ADD COLUMN (
    request_no INT DEFAULT 0 NOT NULL,
    cancelling BOOLEAN DEFAULT FALSE NOT NULL,
    needs_operator VARCHAR(300) NULL
);
ALTER TABLE top_up_refund ADD COLUMN (
    request_no INT DEFAULT 0 NOT NULL,
    refused BOOLEAN DEFAULT FALSE NOT NULL,
    cancel_key VARCHAR(100) NULL
);
