-- POST /auth/token is gone. Refresh tokens are those of oauth2_authorization.
DROP TABLE refresh_token;

-- Codes and tokens are stored as digests from here on. Applications ask their users once more.
DELETE FROM oauth2_authorization;
