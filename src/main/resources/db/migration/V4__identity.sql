-- The number of every user who is known by a name: the shop's own accounts (issuer 'commerce', subject the login name)
-- and an issuer's subjects. Compared byte by byte. Numbers below the first row's are an issuer's own to give.
CREATE TABLE user_number (
    user_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    issuer VARBINARY(255) NOT NULL,
    subject VARBINARY(255) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY user_number_subject (issuer, subject)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO user_number (user_id, issuer, subject, created_at) VALUES (1000000000000, '', '', '2000-01-01 00:00:00');

-- Users who sign in here. The password is kept as bcrypt alone (docs/decisions/016).
CREATE TABLE account (
    user_id BIGINT NOT NULL PRIMARY KEY,
    password VARCHAR(100) NOT NULL,
    admin BOOLEAN NOT NULL,
    sign_up_key VARBINARY(255) NULL,
    created_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Refresh tokens as SHA-256 alone. Each is used once; the ones that follow from one sign-in are a family.
CREATE TABLE refresh_token (
    hash BINARY(32) NOT NULL PRIMARY KEY,
    family BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    used_at DATETIME(3) NULL,
    KEY refresh_token_family (family),
    KEY refresh_token_user (user_id),
    KEY refresh_token_age (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How often signing in has failed lately, by the SHA-256 of a name or an address, and until when it is not tried again.
CREATE TABLE sign_in_failure (
    subject BINARY(32) NOT NULL PRIMARY KEY,
    failures INT NOT NULL,
    last_at DATETIME(3) NOT NULL,
    closed_until DATETIME(3) NOT NULL,
    KEY sign_in_failure_age (last_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
