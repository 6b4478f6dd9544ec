package kr.hhplus.commerce.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Reads a table of any size in key order, a bounded number of rows per query (keyset pagination). */
final class KeysetScan {

    private KeysetScan() {}

    /** Handles a row and returns the parameters with which the query continues after it. */
    interface Visitor {

        Object[] visit(ResultSet row) throws SQLException;
    }

    /**
     * Scans a table with a key of one column.
     *
     * @param sql ordered by the key, starting after the parameters, without {@code LIMIT}
     */
    static void scan(JdbcTemplate jdbc, String sql, int rowsMax, Object[] start, Visitor visitor) {
        Chunk chunk = new Chunk(start);
        do {
            chunk.read(jdbc, sql, rowsMax, chunk.last, visitor);
        } while (chunk.rows == rowsMax);
    }

    /**
     * Scans a table with a key of two columns. H2 cannot use the index for a comparison of the pair, so a chunk that
     * ends inside a group is followed by a query for the rest of that group.
     *
     * @param groups ordered by both columns, starting after a value of the first
     * @param rest ordered by the second column, for one value of the first, starting after a value of the second
     */
    static void scanGroups(JdbcTemplate jdbc, String groups, String rest, int rowsMax, Visitor visitor) {
        Chunk chunk = new Chunk(new Object[] {Long.MIN_VALUE, Long.MIN_VALUE});
        do {
            chunk.read(jdbc, groups, rowsMax, new Object[] {chunk.last[0]}, visitor);
            if (chunk.rows == rowsMax) {
                scan(jdbc, rest, rowsMax, chunk.last, visitor);
            }
        } while (chunk.rows == rowsMax);
    }

    private static final class Chunk {

        private Object[] last;
        private int rows;

        Chunk(Object[] start) {
            this.last = start;
        }

        void read(JdbcTemplate jdbc, String sql, int rowsMax, Object[] after, Visitor visitor) {
            rows = 0;
            jdbc.query(
                    sql + " LIMIT " + rowsMax,
                    (RowCallbackHandler) row -> {
                        last = visitor.visit(row);
                        rows++;
                    },
                    after);
        }
    }
}
