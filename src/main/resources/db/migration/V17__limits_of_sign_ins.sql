-- Wrong passwords count in token buckets, in the process or in Redis (decision 039). The version before still uses its
-- table sign_in_failure beside this one, so a later version drops it.

-- The administrators are locked while one of them is removed.
CREATE INDEX account_admin ON account (admin);
