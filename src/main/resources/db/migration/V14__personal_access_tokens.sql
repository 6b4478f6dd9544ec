-- Tokens that users make for scripts. Only the SHA-256 of a token is stored. A token ends when it is deleted, when it
-- expires, or when the generation of its account rises.
CREATE TABLE personal_access_token (
    token_id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    name VARCHAR(200) NOT NULL,
    hash BINARY(32) NOT NULL,
    generation INT NOT NULL,
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    UNIQUE KEY personal_access_token_hash (hash),
    KEY personal_access_token_user (user_id),
    KEY personal_access_token_age (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
