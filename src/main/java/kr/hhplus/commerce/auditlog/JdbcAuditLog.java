package kr.hhplus.commerce.auditlog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.auditlog.AuditLogEntry.Change;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.kernel.json.StoredJson;
import kr.hhplus.commerce.kernel.text.TextRules;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of the audit log: append-only, except that failed sign-ins are deleted after their retention. */
@Repository
class JdbcAuditLog {

    static final int TEXT_LENGTH_MAX = 200;
    private static final int ROWS_PER_DELETE = 1_000;
    private static final TypeReference<List<Change>> CHANGES = new TypeReference<>() {};

    private final JdbcClient sql;
    private final StoredJson json;

    JdbcAuditLog(JdbcClient sql, StoredJson json) {
        this.sql = sql;
        this.json = json;
    }

    void insert(long id, AuditLogAction action, String actor, String target, List<Change> changes) {
        sql.sql("INSERT INTO trail (id, kind, who, what, facts) VALUES (?, ?, ?, ?, ?)")
                .params(id, action.name(), shortened(actor), shortened(target), json.write(changes))
                .update();
    }

    /**
     * Deletes some of the failed sign-ins before an instant.
     *
     * @return whether there may be more
     */
    boolean deleteFailedSignIns(Instant before) {
        int deleted = sql.sql("DELETE FROM trail WHERE kind = 'SIGN_IN_FAILED' AND id < ? LIMIT " + ROWS_PER_DELETE)
                .param(Ids.firstOf(before))
                .update();
        return deleted == ROWS_PER_DELETE;
    }

    private static String shortened(String text) {
        return TextRules.shortened(text, TEXT_LENGTH_MAX);
    }

    /**
     * Finds entries with ids from {@code first} (inclusive) to {@code end} (exclusive), newest first.
     *
     * @param action null for all actions
     * @param actor null for all actors
     */
    List<AuditLogEntry> find(@Nullable AuditLogAction action, @Nullable String actor, long first, long end, int limit) {
        String select = "SELECT * FROM trail WHERE id >= :first AND id < :end"
                + (action == null ? "" : " AND kind = :kind")
                + (actor == null ? "" : " AND who = :who")
                + " ORDER BY id DESC LIMIT :limit";
        JdbcClient.StatementSpec statement =
                sql.sql(select).param("first", first).param("end", end).param("limit", limit);
        if (action != null) {
            statement.param("kind", action.name());
        }
        if (actor != null) {
            statement.param("who", actor);
        }
        return statement.query(this::entry).list();
    }

    private AuditLogEntry entry(ResultSet row, int number) throws SQLException {
        long id = row.getLong("id");
        return new AuditLogEntry(
                IdText.of(id),
                AuditLogAction.valueOf(row.getString("kind")),
                row.getString("who"),
                row.getString("what"),
                json.read(row.getString("facts"), CHANGES),
                Ids.timeOf(id));
    }
}
