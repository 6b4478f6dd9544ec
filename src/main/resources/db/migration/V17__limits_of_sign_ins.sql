-- Wrong passwords count in token buckets, in the process or in Redis (decision 039).
DROP TABLE sign_in_failure;
