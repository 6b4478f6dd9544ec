-- Wrong passwords count in token buckets, in the process or in Redis (decision 039).
DROP TABLE sign_in_failure;

-- The administrators are locked while one of them is removed.
CREATE INDEX account_admin ON account (admin);
