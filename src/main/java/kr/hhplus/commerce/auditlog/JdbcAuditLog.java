package kr.hhplus.commerce.auditlog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.auditlog.AuditLogEntry.Fact;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.kernel.json.StoredJson;
import kr.hhplus.commerce.kernel.text.TextRules;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The trail as rows: added and read, never changed; only failed sign-ins are deleted, after their retention. */
@Repository
class JdbcAuditLog {

    static final int TEXT_LENGTH_MAX = 200;
    private static final int DELETED_AT_ONCE = 1_000;
    private static final TypeReference<List<Fact>> FACTS = new TypeReference<>() {};

    private final JdbcClient sql;
    private final StoredJson json;

    JdbcAuditLog(JdbcClient sql, StoredJson json) {
        this.sql = sql;
        this.json = json;
    }

    void insert(long id, AuditLogAction kind, String who, String what, List<Fact> facts) {
        sql.sql("INSERT INTO trail (id, kind, who, what, facts) VALUES (?, ?, ?, ?, ?)")
                .params(id, kind.name(), shortened(who), shortened(what), json.write(facts))
                .update();
    }

    /** Deletes some of the failed sign-ins before that instant. @return whether there may be more */
    boolean deleteFailedSignIns(Instant before) {
        int deleted = sql.sql("DELETE FROM trail WHERE kind = 'SIGN_IN_FAILED' AND id < ? LIMIT " + DELETED_AT_ONCE)
                .param(Ids.firstOf(before))
                .update();
        return deleted == DELETED_AT_ONCE;
    }

    private static String shortened(String text) {
        return TextRules.shortened(text, TEXT_LENGTH_MAX);
    }

    /**
     * Those with ids from {@code first} on and before {@code end}, newest first.
     *
     * @param kind null: of any kind
     * @param who null: anybody's
     */
    List<AuditLogEntry> find(AuditLogAction kind, String who, long first, long end, int limit) {
        String select = "SELECT * FROM trail WHERE id >= :first AND id < :end"
                + (kind == null ? "" : " AND kind = :kind")
                + (who == null ? "" : " AND who = :who")
                + " ORDER BY id DESC LIMIT :limit";
        JdbcClient.StatementSpec statement =
                sql.sql(select).param("first", first).param("end", end).param("limit", limit);
        if (kind != null) {
            statement.param("kind", kind.name());
        }
        if (who != null) {
            statement.param("who", who);
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
                json.read(row.getString("facts"), FACTS),
                Ids.timeOf(id));
    }
}
