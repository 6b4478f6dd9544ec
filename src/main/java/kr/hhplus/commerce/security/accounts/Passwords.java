package kr.hhplus.commerce.security.accounts;

import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.Sha256;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and compares passwords on a few dedicated threads. Hashing is slow on purpose, so sign-ins must not take the
 * processors from the sale. A full queue refuses at once.
 */
@Component
@ConditionalOnAccounts
class Passwords implements DisposableBean {

    private static final int IDLE_SECONDS = 30;

    private final PasswordEncoder encoder;
    private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
    private final ConcurrentHashMap<String, Integer> checksByNetwork = new ConcurrentHashMap<>();
    private final int maxPerClient;
    private final String dummyHash;

    Passwords(AccountProperties properties) {
        AccountProperties.Hashing hashing = properties.hashing();
        this.encoder = encoder(hashing.strength());
        threads.setCorePoolSize(hashing.threads());
        threads.setMaxPoolSize(hashing.threads());
        threads.setQueueCapacity(hashing.queueCapacity());
        threads.setKeepAliveSeconds(IDLE_SECONDS);
        threads.setAllowCoreThreadTimeOut(true);
        threads.setThreadNamePrefix("passwords-");
        threads.setDaemon(true);
        threads.initialize();
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
        return encoder.encode(password);
    }

    /** @param hash null if there is no such account: takes as long and returns false */
    boolean matches(String password, String hash) {
        boolean right = encoder.matches(password, hash == null ? dummyHash : hash);
        return right && hash != null;
    }

    /** Hashes from before there were prefixes have none. */
    private static PasswordEncoder encoder(int strength) {
        BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(strength);
        PasswordEncoder ofPasswords = new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                return bcrypt.encode(digest(password.toString()));
            }

            @Override
            public boolean matches(CharSequence password, String hash) {
                return bcrypt.matches(digest(password.toString()), hash);
            }
        };
        DelegatingPasswordEncoder encoder =
                new DelegatingPasswordEncoder("sha256-bcrypt", Map.of("sha256-bcrypt", ofPasswords, "bcrypt", bcrypt));
        encoder.setDefaultPasswordEncoderForMatches(ofPasswords);
        return encoder;
    }

    /** The encoder for secrets of OAuth clients, on the hashing threads. */
    PasswordEncoder forClients() {
        return new PasswordEncoder() {
            @Override
            public String encode(CharSequence secret) {
                return encoder.encode(secret);
            }

            @Override
            public boolean matches(CharSequence secret, String hash) {
                try {
                    return CompletableFuture.supplyAsync(() -> encoder.matches(secret, hash), threads)
                            .join();
                } catch (RejectedExecutionException full) {
                    throw new RefusedException(Refusal.of(ErrorCode.OVERLOADED));
                }
            }
        };
    }

    /** Bcrypt uses 72 bytes at most; with the digest every character of a longer password counts. */
    private static String digest(String password) {
        return Base64.getEncoder().encodeToString(Sha256.of(LoginRules.normalized(password)));
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
