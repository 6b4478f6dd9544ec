package kr.hhplus.commerce.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.ids.Ids;
import kr.hhplus.commerce.trail.TrailEntry.Fact;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The trail as rows: added and read, never changed, never deleted. */
@Repository
class JdbcTrail {

    static final int TEXT_LENGTH_MAX = 200;
    private static final TypeReference<List<Fact>> FACTS = new TypeReference<>() {};

    private final JdbcClient sql;
    private final ObjectMapper json;

    JdbcTrail(JdbcClient sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    void insert(long id, TrailKind kind, String who, String what, List<Fact> facts) {
        sql.sql("INSERT INTO trail (id, kind, who, what, facts) VALUES (?, ?, ?, ?, ?)")
                .params(id, kind.name(), shortened(who), shortened(what), text(facts))
                .update();
    }

    private static String shortened(String text) {
        if (text.length() <= TEXT_LENGTH_MAX) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(TEXT_LENGTH_MAX - 1));
        return text.substring(0, splits ? TEXT_LENGTH_MAX - 1 : TEXT_LENGTH_MAX);
    }

    /**
     * Those with ids from {@code first} on and before {@code end}, newest first.
     *
     * @param kind null: of any kind
     * @param who null: anybody's
     */
    List<TrailEntry> find(TrailKind kind, String who, long first, long end, int limit) {
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

    private TrailEntry entry(ResultSet row, int number) throws SQLException {
        long id = row.getLong("id");
        return new TrailEntry(
                IdText.of(id),
                TrailKind.valueOf(row.getString("kind")),
                row.getString("who"),
                row.getString("what"),
                facts(row.getString("facts")),
                Ids.timeOf(id));
    }

    private List<Fact> facts(String text) {
        try {
            return json.readValue(text, FACTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts that cannot be read", e);
        }
    }

    private String text(List<Fact> facts) {
        try {
            return json.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("facts that cannot be written", e);
        }
    }
}
