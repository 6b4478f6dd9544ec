-- When the payment of a top-up was begun, which is what its waiting time counts from.
ALTER TABLE top_up ADD COLUMN begun_at DATETIME(3) NULL;
UPDATE top_up SET begun_at = created_at WHERE status <> 'PENDING';
DROP INDEX top_up_status ON top_up;
CREATE INDEX top_up_counted ON top_up (user_id, status, id);
CREATE INDEX top_up_waiting ON top_up (status, begun_at);
