-- What a campaign demands of the account of a user: an age, and what the issuer has verified.
ALTER TABLE campaign ADD COLUMN min_account_age_days INT NULL;
ALTER TABLE campaign ADD COLUMN required_claim VARCHAR(100) NULL;
