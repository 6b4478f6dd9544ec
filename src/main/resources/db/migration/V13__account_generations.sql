-- All credentials of an account end when its generation rises: tokens name the one they were issued in. The accounts that
-- changed lately are polled.
ALTER TABLE account ADD COLUMN generation INT NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN revoked_at DATETIME(3) NULL;
CREATE INDEX account_revoked ON account (revoked_at);

-- Spring Session's own format from here on. Sessions of the former one end.
DELETE FROM SPRING_SESSION_ATTRIBUTES;
DELETE FROM SPRING_SESSION;
ALTER TABLE SPRING_SESSION_ATTRIBUTES MODIFY COLUMN ATTRIBUTE_BYTES BLOB NOT NULL;
