-- Spring Authorization Server, whose names these are: the clients that may obtain tokens, and what they were granted.
CREATE TABLE oauth2_registered_client (
    id VARCHAR(100) NOT NULL PRIMARY KEY,
    client_id VARCHAR(100) NOT NULL,
    client_id_issued_at DATETIME(3) NOT NULL,
    client_secret VARCHAR(200) NULL,
    client_secret_expires_at DATETIME(3) NULL,
    client_name VARCHAR(200) NOT NULL,
    client_authentication_methods VARCHAR(1000) NOT NULL,
    authorization_grant_types VARCHAR(1000) NOT NULL,
    redirect_uris VARCHAR(1000) NULL,
    post_logout_redirect_uris VARCHAR(1000) NULL,
    scopes VARCHAR(1000) NOT NULL,
    client_settings VARCHAR(2000) NOT NULL,
    token_settings VARCHAR(2000) NOT NULL,
    UNIQUE KEY oauth2_registered_client_name (client_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE oauth2_authorization (
    id VARCHAR(100) NOT NULL PRIMARY KEY,
    registered_client_id VARCHAR(100) NOT NULL,
    principal_name VARCHAR(200) NOT NULL,
    authorization_grant_type VARCHAR(100) NOT NULL,
    authorized_scopes VARCHAR(1000) NULL,
    attributes TEXT NULL,
    state VARCHAR(500) NULL,
    authorization_code_value VARCHAR(255) NULL,
    authorization_code_issued_at DATETIME(3) NULL,
    authorization_code_expires_at DATETIME(3) NULL,
    authorization_code_metadata TEXT NULL,
    access_token_value TEXT NULL,
    access_token_issued_at DATETIME(3) NULL,
    access_token_expires_at DATETIME(3) NULL,
    access_token_metadata TEXT NULL,
    access_token_type VARCHAR(100) NULL,
    access_token_scopes VARCHAR(1000) NULL,
    oidc_id_token_value TEXT NULL,
    oidc_id_token_issued_at DATETIME(3) NULL,
    oidc_id_token_expires_at DATETIME(3) NULL,
    oidc_id_token_metadata TEXT NULL,
    refresh_token_value VARCHAR(255) NULL,
    refresh_token_issued_at DATETIME(3) NULL,
    refresh_token_expires_at DATETIME(3) NULL,
    refresh_token_metadata TEXT NULL,
    user_code_value VARCHAR(255) NULL,
    user_code_issued_at DATETIME(3) NULL,
    user_code_expires_at DATETIME(3) NULL,
    user_code_metadata TEXT NULL,
    device_code_value VARCHAR(255) NULL,
    device_code_issued_at DATETIME(3) NULL,
    device_code_expires_at DATETIME(3) NULL,
    device_code_metadata TEXT NULL,
    KEY oauth2_authorization_user (principal_name),
    KEY oauth2_authorization_code (authorization_code_value),
    KEY oauth2_authorization_refresh (refresh_token_value)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The keys that sign access tokens, encrypted with commerce.accounts.signing-key. The two newest are published.
CREATE TABLE signing_key (
    key_number INT NOT NULL PRIMARY KEY,
    salt CHAR(16) NOT NULL,
    jwk VARBINARY(4000) NOT NULL,
    created_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
