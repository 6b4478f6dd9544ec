package kr.hhplus.commerce.security.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and compares passwords on a few dedicated threads. Hashing is slow on purpose, so sign-ins must not take the
 * processors from the sale. A full queue refuses at once.
 */
@Component
@ConditionalOnAccounts
class Passwords implements DisposableBean {

    private static final long IDLE_SECONDS = 30;

    private final BCryptPasswordEncoder bcrypt;
    private final ThreadPoolExecutor threads;
    private final ConcurrentHashMap<String, Integer> checksByNetwork = new ConcurrentHashMap<>();
    private final int maxPerClient;
    private final String dummyHash;

    Passwords(AccountProperties properties) {
        AccountProperties.Hashing hashing = properties.hashing();
        this.bcrypt = new BCryptPasswordEncoder(hashing.strength());
        this.threads = new ThreadPoolExecutor(
                hashing.threads(),
                hashing.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(hashing.queueCapacity()),
                work -> {
                    Thread thread = new Thread(work, "passwords");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.maxPerClient = hashing.maxPerClient();
        this.dummyHash = hash("a password of no account");
    }

    /**
     * Runs the work on a hashing thread.
     *
     * @throws RefusedException OVERLOADED if the queue is full or the client's network has too many checks in progress
     */
    <T> CompletableFuture<T> submit(String address, Supplier<T> work) {
        String network = JdbcSignInFailures.network(address);
        if (checksByNetwork.merge(network, 1, Integer::sum) > maxPerClient) {
            release(network);
            throw new RefusedException(Refusal.of(ErrorCode.OVERLOADED));
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return work.get();
                        } finally {
                            release(network);
                        }
                    },
                    threads);
        } catch (RejectedExecutionException full) {
            release(network);
            throw new RefusedException(Refusal.of(ErrorCode.OVERLOADED));
        }
    }

    private void release(String network) {
        checksByNetwork.computeIfPresent(network, (unused, count) -> count == 1 ? null : count - 1);
    }

    String hash(String password) {
        return bcrypt.encode(digest(password));
    }

    /** @param hash null if there is no such account: takes as long and returns false */
    boolean matches(String password, String hash) {
        boolean right = bcrypt.matches(digest(password), hash == null ? dummyHash : hash);
        return right && hash != null;
    }

    /** For client secrets, which were hashed outside the shop and without the digest below. */
    boolean matchesClient(String secret, String hash) {
        boolean right = bcrypt.matches(secret, hash == null ? dummyHash : hash);
        return right && hash != null;
    }

    /** Bcrypt uses 72 bytes at most; with the digest every character of a longer password counts. */
    private static String digest(String password) {
        try {
            byte[] bytes = LoginRules.normalized(password).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
