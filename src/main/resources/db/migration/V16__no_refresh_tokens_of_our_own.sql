-- POST /auth/token is gone. Refresh tokens are those of oauth2_authorization. The version before still uses its table
-- refresh_token beside this one, so a later version drops it.

-- Codes and tokens are stored as digests from here on. Applications ask their users once more.
DELETE FROM oauth2_authorization;
