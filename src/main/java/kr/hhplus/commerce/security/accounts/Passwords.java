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
 * Hashes and compares passwords, on a few threads of their own: it is slow on purpose, and people who sign in must not
 * take the processors from the sale. Whoever finds the queue full is refused at once.
 */
@Component
@ConditionalOnAccounts
class Passwords implements DisposableBean {

    private static final long IDLE_SECONDS = 30;

    private final BCryptPasswordEncoder bcrypt;
    private final ThreadPoolExecutor threads;
    private final ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();
    private final int underWayMax;
    private final String nobodys;

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
        this.underWayMax = hashing.maxPerClient();
        this.nobodys = hash("a password that nobody has");
    }

    /** Does the work in its turn. @throws RefusedException OVERLOADED where too many wait, at all or of this address */
    <T> CompletableFuture<T> inTurn(String address, Supplier<T> work) {
        String network = JdbcSignInFailures.network(address);
        if (underWay.merge(network, 1, Integer::sum) > underWayMax) {
            leave(network);
            throw new RefusedException(Refusal.of(ErrorCode.OVERLOADED));
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return work.get();
                        } finally {
                            leave(network);
                        }
                    },
                    threads);
        } catch (RejectedExecutionException full) {
            leave(network);
            throw new RefusedException(Refusal.of(ErrorCode.OVERLOADED));
        }
    }

    private void leave(String network) {
        underWay.computeIfPresent(network, (unused, count) -> count == 1 ? null : count - 1);
    }

    String hash(String password) {
        return bcrypt.encode(digest(password));
    }

    /** @param hash null where there is no such account, which takes as long and is never right */
    boolean matches(String password, String hash) {
        boolean right = bcrypt.matches(digest(password), hash == null ? nobodys : hash);
        return right && hash != null;
    }

    /** For secrets whose hash is made elsewhere, and so is of the secret itself. */
    boolean matchesClient(String secret, String hash) {
        boolean right = bcrypt.matches(secret, hash == null ? nobodys : hash);
        return right && hash != null;
    }

    /** Bcrypt looks at 72 bytes; this way every character of a longer password counts. */
    private static String digest(String password) {
        try {
            byte[] bytes = LoginRules.normal(password).getBytes(StandardCharsets.UTF_8);
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
