package kr.hhplus.commerce.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SchemaPageTests {

    /** There are no foreign keys to read them from. */
    private static final List<String> RELATIONS = List.of(
            "wallet ||--o{ ledger_entry : \"user_id\"",
            "orders ||--|{ ledger_entry : \"order_id\"",
            "orders ||--|{ order_event : \"order_id\"",
            "orders ||--o{ order_refund : \"order_id\"",
            "wallet ||--o{ orders : \"user_id\"",
            "product ||--|{ stock_movement : \"product_id\"",
            "product ||--o{ sales_bucket : \"product_id\"",
            "product }|--o{ orders : \"items[].productId\"",
            "product ||--o{ purchase_count : \"product_id\"",
            "product ||--o| purchase_scan : \"product_id\"",
            "wallet ||--o{ purchase_count : \"user_id\"",
            "campaign ||--o{ coupon : \"campaign_id\"",
            "wallet ||--o{ reservation : \"user_id\"",
            "reservation ||--|{ reservation_item : \"reservation_id\"",
            "product ||--o{ reservation_item : \"product_id\"",
            "orders |o--o| reservation : \"order_id\"",
            "wallet ||--o{ top_up : \"user_id\"",
            "top_up ||--o{ top_up_refund : \"top_up_id\"",
            "top_up |o--o| ledger_payment : \"payment_id\"",
            "top_up_refund |o--o{ ledger_payment : \"payment_id\"",
            "ledger_payment ||--|| ledger_entry : \"user_id, entry_no\"",
            "top_up |o--o| sandbox_payment : \"top_up_id\"",
            "top_up_refund |o--o| sandbox_cancel : \"refund_id\"",
            "user_number ||--o| account : \"user_id\"",
            "oauth2_registered_client ||--o{ oauth2_authorization : \"registered_client_id\"",
            "account ||--o{ personal_access_token : \"user_id\"",
            "account ||--o{ spring_session : \"principal_name\"",
            "spring_session ||--|{ spring_session_attributes : \"session_primary_id\"",
            "coupon |o--o| orders : \"used_order_id, coupon_id\"");

    private static final Map<String, String> MYSQL_TYPES = Map.of(
            "CHARACTER VARYING", "VARCHAR",
            "CHARACTER", "CHAR",
            "BINARY VARYING", "VARBINARY",
            "INTEGER", "INT",
            "TIMESTAMP", "DATETIME",
            "CHARACTER LARGE OBJECT", "MEDIUMTEXT",
            "BINARY LARGE OBJECT", "BLOB");

    private JdbcTemplate jdbc;
    private List<String> tables;

    @BeforeEach
    void migrate() {
        DriverManagerDataSource database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        jdbc = new JdbcTemplate(database);
        tables = jdbc.queryForList("""
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = SCHEMA() AND table_name <> 'flyway_schema_history' ORDER BY table_name
            """, String.class);
    }

    @Test
    void drawsTheMigratedSchema() throws IOException {
        String entities = tables.stream().map(this::entity).collect(joining());
        String relations =
                RELATIONS.stream().map(relation -> "    " + relation + "\n").collect(joining());

        GeneratedDocument.named("erd.md").holds("diagram", "```mermaid\nerDiagram\n" + relations + entities + "```\n");
    }

    @Test
    void relatesTablesThatExist() {
        assertThat(RELATIONS)
                .flatMap(relation -> List.of(relation.split(" ")[0], relation.split(" ")[2]))
                .isSubsetOf(tables);
    }

    @Test
    void hasASentenceForEveryTable() throws IOException {
        assertThat(Files.readString(Path.of("docs", "erd.md")).lines())
                .filteredOn(line -> line.startsWith("| `"))
                .extracting(line -> line.split("`")[1])
                .containsExactlyInAnyOrderElementsOf(tables);
    }

    private String entity(String table) {
        return jdbc
                .query(
                        """
                        SELECT column_name, data_type, character_maximum_length, datetime_precision, is_nullable
                        FROM information_schema.columns WHERE table_schema = SCHEMA() AND table_name = ?
                        ORDER BY ordinal_position
                        """,
                        (row, i) -> "        " + type(row.getString(2), row.getLong(3), row.getInt(4)) + " "
                                + row.getString(1) + keys(table, row.getString(1))
                                + (row.getString(5).equals("YES") ? " \"or nothing\"" : ""),
                        table)
                .stream()
                .collect(joining("\n", "    " + table + " {\n", "\n    }\n"));
    }

    private static String type(String type, long length, int fraction) {
        String name = MYSQL_TYPES.getOrDefault(type.toUpperCase(Locale.ROOT), type.toUpperCase(Locale.ROOT));
        if (Pattern.matches("(VAR)?(CHAR|BINARY)", name)) {
            return name + "(" + length + ")";
        }
        return name.equals("DATETIME") ? name + "(" + fraction + ")" : name;
    }

    private String keys(String table, String column) {
        List<String> kinds = jdbc.queryForList("""
            SELECT DISTINCT CASE c.constraint_type WHEN 'PRIMARY KEY' THEN 'PK' ELSE 'UK' END AS kind
            FROM information_schema.table_constraints c
            JOIN information_schema.key_column_usage k
              ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name
            WHERE c.table_schema = SCHEMA() AND c.table_name = ? AND k.column_name = ?
              AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE') ORDER BY kind
            """, String.class, table, column);
        return kinds.isEmpty() ? "" : " " + String.join(", ", kinds);
    }
}
