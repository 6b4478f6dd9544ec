-- Which instance delivers events at present. No promise rests on it: two writers at once send repeats, no more
-- (docs/decisions/010). The last two columns tell of the writer's trouble.
CREATE TABLE feed_lease (
    name VARCHAR(40) NOT NULL PRIMARY KEY,
    owner VARCHAR(40) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    error VARCHAR(500) NULL,
    failing_since DATETIME(3) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO feed_lease (name, owner, expires_at) VALUES ('delivery', '', '2000-01-01 00:00:00');

-- Events that the data platform refused for what they are. They stay in order_event; a replay sends them again.
CREATE TABLE parked_event (
    position BIGINT NOT NULL PRIMARY KEY,
    error VARCHAR(500) NOT NULL,
    attempts INT NOT NULL,
    parked_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The replay that was asked for last: positions from..to are sent again, and position says how far that has come.
CREATE TABLE feed_replay (
    id INT NOT NULL PRIMARY KEY,
    replay_id BIGINT NOT NULL,
    from_position BIGINT NOT NULL,
    to_position BIGINT NOT NULL,
    position BIGINT NOT NULL,
    requested_at DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO feed_replay (id, replay_id, from_position, to_position, position, requested_at)
VALUES (1, 0, 0, 0, 0, '2000-01-01 00:00:00');
