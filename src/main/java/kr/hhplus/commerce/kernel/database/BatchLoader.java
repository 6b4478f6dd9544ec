package kr.hhplus.commerce.kernel.database;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Loads rows by key, many in one statement. A call during a statement is served by the next statement. That statement
 * starts after the call, so it sees every write acknowledged before the call.
 *
 * @param <K> the key of a row
 * @param <V> the value made from a row
 */
public final class BatchLoader<K, V> {

    private final Function<Set<K>, Map<K, V>> statement;
    private final Executor threads;
    private final BatchLoaderProperties properties;
    private Map<K, CompletableFuture<Optional<V>>> pending = new LinkedHashMap<>();
    private int activeReaders;

    /** @param statement reads the rows of the keys that exist; runs on one of the threads */
    BatchLoader(Function<Set<K>, Map<K, V>> statement, Executor threads, BatchLoaderProperties properties) {
        this.statement = statement;
        this.threads = threads;
        this.properties = properties;
    }

    /**
     * Loads a row as of this call or later. Empty if the row does not exist. Fails with the exception of the statement.
     */
    public CompletableFuture<Optional<V>> find(K key) {
        CompletableFuture<Optional<V>> row;
        synchronized (this) {
            row = pending.computeIfAbsent(key, absent -> new CompletableFuture<>());
            if (activeReaders == properties.maxConcurrency()) {
                return row;
            }
            activeReaders++;
        }
        try {
            threads.execute(this::readPending);
        } catch (RuntimeException | Error e) {
            rejected(e);
        }
        return row;
    }

    /** Handles a task that the executor rejected. Without another reader, the pending calls would never complete. */
    private void rejected(Throwable cause) {
        Map<K, CompletableFuture<Optional<V>>> abandoned = Map.of();
        synchronized (this) {
            activeReaders--;
            if (activeReaders == 0) {
                abandoned = pending;
                pending = new LinkedHashMap<>();
            }
        }
        abandoned.values().forEach(row -> row.completeExceptionally(cause));
    }

    private void readPending() {
        for (var batch = take(); !batch.isEmpty(); batch = take()) {
            read(batch);
        }
    }

    /**
     * Takes the keys of the next statement.
     *
     * @return empty if no call is pending; then this reader ends
     */
    private synchronized Map<K, CompletableFuture<Optional<V>>> take() {
        Map<K, CompletableFuture<Optional<V>>> taken = pending;
        if (taken.size() <= properties.batchMax()) {
            pending = new LinkedHashMap<>();
        } else {
            taken = new LinkedHashMap<>();
            Iterator<Map.Entry<K, CompletableFuture<Optional<V>>>> iterator =
                    pending.entrySet().iterator();
            while (taken.size() < properties.batchMax()) {
                Map.Entry<K, CompletableFuture<Optional<V>>> next = iterator.next();
                taken.put(next.getKey(), next.getValue());
                iterator.remove();
            }
        }
        if (taken.isEmpty()) {
            activeReaders--;
        }
        return taken;
    }

    private void read(Map<K, CompletableFuture<Optional<V>>> batch) {
        try {
            Map<K, V> found = statement.apply(batch.keySet());
            batch.forEach((key, row) -> row.complete(Optional.ofNullable(found.get(key))));
        } catch (RuntimeException | Error e) {
            batch.values().forEach(row -> row.completeExceptionally(e));
        }
    }
}
