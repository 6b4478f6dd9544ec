-- POST /auth/token is gone. Refresh tokens are those of oauth2_authorization.
DROP TABLE refresh_token;
