-- The number of the request in its idempotency key at the provider: the next one after an answer, the same one without.
-- A refund is returned to the balance only once two requests in a row were refused.
ALTER TABLE top_up ADD COLUMN request_no INT NOT NULL DEFAULT 0;
ALTER TABLE top_up_refund ADD COLUMN request_no INT NOT NULL DEFAULT 0;
ALTER TABLE top_up_refund ADD COLUMN refused BOOLEAN NOT NULL DEFAULT FALSE;
