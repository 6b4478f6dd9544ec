package kr.hhplus.commerce.kernel.database;

import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Inserts rows of one table by as few statements as possible. A value is a literal if all dialects read it alike, and a
 * parameter otherwise. Drivers bind and encode each parameter of a batch, which is slower.
 */
public final class JdbcRows {

    /** The length of the statement and its parameters, far below any sensible max_allowed_packet. */
    private static final int CHARS_MAX = 250_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'TIMESTAMP '''uuuu-MM-dd HH:mm:ss.SSS''", Locale.ROOT);

    private final JdbcTemplate jdbc;
    private final String head;
    private final String tail;
    private final StringBuilder rows = new StringBuilder();
    private final List<String> parameters = new ArrayList<>();
    private int parameterChars;
    private Instant lastTime;
    private String lastTimeText;

    /** @param into the table and, in parentheses, its columns */
    public JdbcRows(JdbcTemplate jdbc, String into) {
        this(jdbc, into, "");
    }

    /** @param onConflict the clause after the rows */
    public JdbcRows(JdbcTemplate jdbc, String into, String onConflict) {
        this.jdbc = jdbc;
        this.head = "INSERT INTO " + into + " VALUES ";
        this.tail = onConflict.isEmpty() ? "" : " " + onConflict;
    }

    /** Starts the next row. Its values follow in the order of the columns. */
    public JdbcRows row() {
        if (rows.length() + parameterChars > CHARS_MAX) {
            execute();
        }
        rows.append(rows.isEmpty() ? "(" : "),(");
        return this;
    }

    public JdbcRows numbers(long... values) {
        for (long value : values) {
            next().append(value);
        }
        return this;
    }

    public JdbcRows numberOrNull(Long value) {
        next().append(value == null ? "NULL" : value.toString());
        return this;
    }

    /** Adds a time in whole milliseconds, the precision of the tables. */
    public JdbcRows time(Instant value) {
        if (!value.equals(lastTime)) {
            LocalDateTime column = Utc.toColumn(value);
            lastTimeText = TIME.format(column);
            lastTime = value;
        }
        next().append(lastTimeText);
        return this;
    }

    /** Adds the name of a constant of the program, which needs no quoting. */
    public JdbcRows name(Enum<?> value) {
        next().append('\'').append(value.name()).append('\'');
        return this;
    }

    /**
     * Adds a text. Quotes end a literal, and some dialects interpret backslashes, so a text with either becomes a
     * parameter.
     */
    public JdbcRows text(String value) {
        if (value.indexOf('\'') < 0 && value.indexOf('\\') < 0 && value.indexOf('\0') < 0) {
            next().append('\'').append(value).append('\'');
            return this;
        }
        next().append('?');
        parameters.add(value);
        parameterChars += value.length();
        return this;
    }

    public JdbcRows bytes(byte[] value) {
        next().append("X'").append(HexFormat.of().formatHex(value)).append('\'');
        return this;
    }

    private StringBuilder next() {
        return rows.charAt(rows.length() - 1) == '(' ? rows : rows.append(',');
    }

    /** Inserts the collected rows, if any. */
    public void execute() {
        if (rows.isEmpty()) {
            return;
        }
        String statement = head + rows.append(')') + tail;
        if (parameters.isEmpty()) {
            jdbc.execute((Statement plain) -> {
                // The statement has no escapes, and the driver would scan it for them.
                plain.setEscapeProcessing(false);
                return plain.executeUpdate(statement);
            });
        } else {
            jdbc.update(statement, parameters.toArray());
        }
        rows.setLength(0);
        parameters.clear();
        parameterChars = 0;
    }
}
