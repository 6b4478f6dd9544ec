package kr.hhplus.commerce.groupcommit;

import java.util.List;

/**
 * A table whose rows commands lock.
 *
 * @param name as SQL names it
 * @param lockOrder its place in the one lock order: tables with smaller numbers are locked first
 * @param keyColumns its primary key: numbers, or bytes that are given as ASCII text
 */
public record RowTable(String name, int lockOrder, List<String> keyColumns) {

    /**
     * Stands behind a table name where rows are locked by key, for MySQL and MariaDB, and is a comment to others.
     * In a small table they would rather read all rows, and wait for every one that is locked.
     */
    public static final String BY_KEY = " /*! FORCE INDEX (PRIMARY) */";

    public RowTable(String name, int lockOrder, String... keyColumns) {
        this(name, lockOrder, List.of(keyColumns));
    }

    /** The row with this primary key, whether it exists or not. */
    public RowKey row(Object... key) {
        return new RowKey(this, List.of(key));
    }
}
