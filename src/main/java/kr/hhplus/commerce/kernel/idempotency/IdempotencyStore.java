package kr.hhplus.commerce.kernel.idempotency;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kr.hhplus.commerce.groupcommit.CommandRows;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.database.JdbcRows;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.json.StoredJson;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Stores the first result of each keyed request, in the transaction of its effect. The unique row coordinates
 * instances: of two concurrent inserts the second one waits and fails, and its batch is decided again.
 */
@Component
public class IdempotencyStore {

    /** The column {@code user_id} holds the scope of the key ({@link IdempotentCommand#keyScope}). */
    private static final RowTable TABLE = new RowTable("idempotency_key", 60, "user_id", "idem_key");

    private static final int DELETE_BATCH = 1_000;

    private final JdbcTemplate jdbc;
    private final StoredJson json;

    IdempotencyStore(JdbcTemplate jdbc, StoredJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Returns the row of the command's idempotency key, which may not exist yet. */
    static RowKey rowOf(IdempotentCommand command) {
        return TABLE.row(command.keyScope(), command.idempotencyKey().key());
    }

    /**
     * Returns the rows that commands lock: the given rows, and the row of the idempotency key if the command has one.
     */
    public static <C extends IdempotentCommand> CommandRows<C> rowsOf(Function<List<C>, List<Set<RowKey>>> lockedRows) {
        return new CommandRows<>() {
            @Override
            public List<Set<RowKey>> rowsOf(List<C> commands) {
                List<Set<RowKey>> rows = lockedRows.apply(commands);
                for (int i = 0; i < commands.size(); i++) {
                    if (commands.get(i).idempotencyKey().isPresent()) {
                        rows.get(i).add(rowOf(commands.get(i)));
                    }
                }
                return rows;
            }

            @Override
            public Set<Object> orderingKeysOf(C command) {
                return command.orderingKeys();
            }
        };
    }

    /**
     * Reads the stored results of a batch's keys. Call it after the batch's locks. An unlocked call is only a hint; the
     * unique key decides.
     */
    public StoredResults lookUp(Collection<? extends IdempotentCommand> commands) {
        Map<StoredKey, StoredResult> found = new HashMap<>();
        List<Object> parameters = new ArrayList<>();
        for (IdempotentCommand command : commands) {
            if (command.idempotencyKey().isPresent()) {
                parameters.add(command.keyScope());
                parameters.add(command.idempotencyKey().key().getBytes(StandardCharsets.US_ASCII));
            }
        }
        if (!parameters.isEmpty()) {
            String placeholders = String.join(",", Collections.nCopies(parameters.size() / 2, "(?,?)"));
            jdbc.query(
                    "SELECT user_id, idem_key, fingerprint, answer FROM idempotency_key WHERE (user_id, idem_key) IN ("
                            + placeholders + ")",
                    row -> {
                        String key = new String(row.getBytes("idem_key"), StandardCharsets.US_ASCII);
                        found.put(
                                new StoredKey(row.getLong("user_id"), key),
                                new StoredResult(row.getBytes("fingerprint"), row.getString("answer")));
                    },
                    parameters.toArray());
        }
        return new StoredResults(found);
    }

    /** Inserts the new results that {@link StoredResults#replayOrDecide} has collected. */
    public void save(StoredResults storedResults, Instant now) {
        JdbcRows rows = new JdbcRows(jdbc, "idempotency_key (user_id, idem_key, fingerprint, answer, created_at)");
        storedResults.newResults.forEach((key, result) -> {
            rows.row().numbers(key.scope()).bytes(key.key().getBytes(StandardCharsets.US_ASCII));
            rows.bytes(result.fingerprint()).text(result.result()).time(now);
        });
        rows.execute();
    }

    /**
     * Deletes some of the results stored before an instant.
     *
     * @return whether more such results may exist
     */
    boolean deleteBefore(Instant before) {
        int deleted = jdbc.update(
                "DELETE FROM idempotency_key WHERE created_at < ? LIMIT " + DELETE_BATCH, Utc.toColumn(before));
        return deleted == DELETE_BATCH;
    }

    /** The stored results of a batch's keys: from the table, and from earlier commands of the batch. */
    public final class StoredResults {

        private final Map<StoredKey, StoredResult> stored;
        private final Map<StoredKey, StoredResult> newResults = new HashMap<>();

        private StoredResults(Map<StoredKey, StoredResult> stored) {
            this.stored = stored;
        }

        /** Whether none of the keys had a stored result when it was looked up. */
        public boolean isEmpty() {
            return stored.isEmpty();
        }

        /**
         * Returns the stored result of the key, or IDEMPOTENCY_KEY_REUSED if the request differs. Without a stored
         * result, decides the command and collects its result.
         */
        public <T> CommandResult<T> replayOrDecide(
                IdempotentCommand command, Class<T> type, Supplier<CommandResult<T>> decide) {
            return replayOrDecide(command, type, value -> true, decide);
        }

        /**
         * Like {@link #replayOrDecide(IdempotentCommand, Class, Supplier)}, but collects only final results.
         *
         * @param isFinal whether a repetition gets this result again
         */
        public <T> CommandResult<T> replayOrDecide(
                IdempotentCommand command, Class<T> type, Predicate<T> isFinal, Supplier<CommandResult<T>> decide) {
            if (!command.idempotencyKey().isPresent()) {
                return decide.get();
            }
            StoredKey key =
                    new StoredKey(command.keyScope(), command.idempotencyKey().key());
            StoredResult found = stored.getOrDefault(key, newResults.get(key));
            if (found != null) {
                return command.idempotencyKey().sameRequest(found.fingerprint())
                        ? new CommandResult.Done<>(json.read(found.result(), type), true)
                        : CommandResult.refused(Refusal.of(ErrorCode.IDEMPOTENCY_KEY_REUSED));
            }
            CommandResult<T> result = decide.get();
            if (result instanceof CommandResult.Done<T> done && isFinal.test(done.value())) {
                newResults.put(key, new StoredResult(command.idempotencyKey().fingerprint(), json.write(done.value())));
            }
            return result;
        }
    }

    private record StoredKey(long scope, String key) {}

    private record StoredResult(byte[] fingerprint, String result) {}
}
