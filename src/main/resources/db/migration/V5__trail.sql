-- Who did what by hand, and who signed in. Rows are only ever added: the application has no statement that changes or
-- deletes one, and its database user needs INSERT and SELECT alone here. Ids carry the time.
CREATE TABLE trail (
    id BIGINT NOT NULL PRIMARY KEY,
    kind VARCHAR(40) NOT NULL,
    who VARCHAR(200) NOT NULL,
    what VARCHAR(200) NOT NULL,
    facts MEDIUMTEXT NOT NULL,
    KEY trail_kind (kind, id),
    KEY trail_who (who, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
