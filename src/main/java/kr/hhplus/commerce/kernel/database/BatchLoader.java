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
 * Loads rows by key, many in one statement. A call during a statement waits for the next one, which begins after the
 * call and so shows every write acknowledged before it.
 *
 * @param <K> the key of a row
 * @param <V> the value made from a row
 */
public final class BatchLoader<K, V> {

    private final Function<Set<K>, Map<K, V>> statement;
    private final Executor threads;
    private final BatchLoaderProperties properties;
    private Map<K, CompletableFuture<Optional<V>>> waiting = new LinkedHashMap<>();
    private int underWay;

    /** @param statement reads the rows of the keys that exist; runs on one of the threads */
    BatchLoader(Function<Set<K>, Map<K, V>> statement, Executor threads, BatchLoaderProperties properties) {
        this.statement = statement;
        this.threads = threads;
        this.properties = properties;
    }

    /** Loads a row as of this call or later; empty if there is none. Fails with the exception of the statement. */
    public CompletableFuture<Optional<V>> find(K key) {
        CompletableFuture<Optional<V>> row;
        synchronized (this) {
            row = waiting.computeIfAbsent(key, first -> new CompletableFuture<>());
            if (underWay == properties.maxConcurrency()) {
                return row;
            }
            underWay++;
        }
        try {
            threads.execute(this::readAllThatWait);
        } catch (RuntimeException | Error e) {
            notBegun(e);
        }
        return row;
    }

    /** The executor refused the task. Without another reader, the waiting calls would never complete. */
    private void notBegun(Throwable why) {
        Map<K, CompletableFuture<Optional<V>>> abandoned = Map.of();
        synchronized (this) {
            underWay--;
            if (underWay == 0) {
                abandoned = waiting;
                waiting = new LinkedHashMap<>();
            }
        }
        abandoned.values().forEach(row -> row.completeExceptionally(why));
    }

    private void readAllThatWait() {
        for (var wanted = take(); !wanted.isEmpty(); wanted = take()) {
            read(wanted);
        }
    }

    /** @return empty if no call waits; then this reader ends */
    private synchronized Map<K, CompletableFuture<Optional<V>>> take() {
        Map<K, CompletableFuture<Optional<V>>> taken = waiting;
        if (taken.size() <= properties.batchMax()) {
            waiting = new LinkedHashMap<>();
        } else {
            taken = new LinkedHashMap<>();
            Iterator<Map.Entry<K, CompletableFuture<Optional<V>>>> first =
                    waiting.entrySet().iterator();
            while (taken.size() < properties.batchMax()) {
                Map.Entry<K, CompletableFuture<Optional<V>>> next = first.next();
                taken.put(next.getKey(), next.getValue());
                first.remove();
            }
        }
        if (taken.isEmpty()) {
            underWay--;
        }
        return taken;
    }

    private void read(Map<K, CompletableFuture<Optional<V>>> wanted) {
        try {
            Map<K, V> found = statement.apply(wanted.keySet());
            wanted.forEach((key, row) -> row.complete(Optional.ofNullable(found.get(key))));
        } catch (RuntimeException | Error e) {
            wanted.values().forEach(row -> row.completeExceptionally(e));
        }
    }
}
