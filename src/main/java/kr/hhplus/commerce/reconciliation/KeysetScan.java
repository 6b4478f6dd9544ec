package kr.hhplus.commerce.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Goes through a table in the order of its key, a bounded number of rows at a time, however large it is. */
final class KeysetScan {

    private KeysetScan() {}

    /** Looks at a row and says the parameters that make the query go on behind it. */
    interface Visitor {

        Object[] visit(ResultSet row) throws SQLException;
    }

    /** @param sql ordered by the key, beginning behind the parameters, without a limit */
    static void through(JdbcTemplate jdbc, String sql, int rowsMax, Object[] start, Visitor visitor) {
        Chunk chunk = new Chunk(start);
        do {
            chunk.read(jdbc, sql, rowsMax, chunk.last, visitor);
        } while (chunk.rows == rowsMax);
    }

    /**
     * The same for a key of two columns. H2 finds no range for "behind this pair", so that a chunk that ends inside a
     * group is followed by the rest of it.
     *
     * @param groups ordered by both columns, beginning behind a value of the first
     * @param rest ordered by the second, where the first equals and the second is behind
     */
    static void throughGroups(JdbcTemplate jdbc, String groups, String rest, int rowsMax, Visitor visitor) {
        Chunk chunk = new Chunk(new Object[] {Long.MIN_VALUE, Long.MIN_VALUE});
        do {
            chunk.read(jdbc, groups, rowsMax, new Object[] {chunk.last[0]}, visitor);
            if (chunk.rows == rowsMax) {
                through(jdbc, rest, rowsMax, chunk.last, visitor);
            }
        } while (chunk.rows == rowsMax);
    }

    private static final class Chunk {

        private Object[] last;
        private int rows;

        Chunk(Object[] start) {
            this.last = start;
        }

        void read(JdbcTemplate jdbc, String sql, int rowsMax, Object[] behind, Visitor visitor) {
            rows = 0;
            jdbc.query(
                    sql + " LIMIT " + rowsMax,
                    (RowCallbackHandler) row -> {
                        last = visitor.visit(row);
                        rows++;
                    },
                    behind);
        }
    }
}
