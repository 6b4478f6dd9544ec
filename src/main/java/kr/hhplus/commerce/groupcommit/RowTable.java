package kr.hhplus.commerce.groupcommit;

import java.util.List;

/**
 * A table whose rows commands lock.
 *
 * @param name as SQL names it
 * @param lockOrder its position in the global lock order: tables with smaller numbers are locked first
 * @param keyColumns its primary key: numbers, or bytes written as ASCII text
 */
public record RowTable(String name, int lockOrder, List<String> keyColumns) {

    /**
     * Follows a table name where rows are locked by key. A hint to MySQL and MariaDB, a comment to other databases:
     * without it they scan a small table, and wait for every locked row in it.
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
