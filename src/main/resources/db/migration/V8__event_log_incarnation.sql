-- A database that was restored to an earlier point gives positions out again. An incarnation is one life of the log: it
-- is part of the event ids, so that no id is given out twice (docs/decisions/026). lost_id is an event that was seen
-- outside and is not in this log; rewound says that a process proved it, and stops everything that appends or delivers.
ALTER TABLE feed_head ADD COLUMN incarnation INT NOT NULL DEFAULT 0;
ALTER TABLE feed_head ADD COLUMN lost_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed_head ADD COLUMN lost_at DATETIME(3) NULL;
ALTER TABLE feed_head ADD COLUMN rewound BOOLEAN NOT NULL DEFAULT FALSE;

-- Positions from first_position on belong to this incarnation, unless a later one begins at or before them.
CREATE TABLE event_log_incarnation (
    incarnation INT NOT NULL PRIMARY KEY,
    first_position BIGINT NOT NULL,
    accepted_at DATETIME(3) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO event_log_incarnation (incarnation, first_position) VALUES (0, 1);
