package kr.hhplus.commerce.security.accounts;

import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.Sha256;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.web.FairQueue;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and compares passwords on a few dedicated threads. Hashing is slow on purpose, so sign-ins must not take the
 * processors from the sale. The queue is bounded and serves clients in turn, so that a few addresses with wrong
 * passwords do not keep everybody else from signing in.
 */
@Component
@ConditionalOnAccounts
class Passwords implements DisposableBean {

    private static final int IDLE_SECONDS = 30;

    private final PasswordEncoder encoder;
    private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
    private final FairQueue<Check<?>> unknownClients;
    private final FairQueue<Check<?>> knownUsers;
    private boolean knownUserIsNext = true;
    private final String dummyHash;

    Passwords(AccountProperties properties) {
        AccountProperties.Hashing hashing = properties.hashing();
        this.encoder = encoder(hashing.strength());
        threads.setCorePoolSize(hashing.threads());
        threads.setMaxPoolSize(hashing.threads());
        threads.setKeepAliveSeconds(IDLE_SECONDS);
        threads.setAllowCoreThreadTimeOut(true);
        threads.setThreadNamePrefix("passwords-");
        threads.setDaemon(true);
        threads.initialize();
        this.unknownClients = new FairQueue<>(hashing.queueCapacity());
        this.knownUsers = new FairQueue<>(hashing.queueCapacity());
        this.dummyHash = hash("a password of no account");
    }

    /** Work that waits for a hashing thread. */
    private record Check<T>(Supplier<T> work, CompletableFuture<T> result) {

        void run() {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        }

        void refuse() {
            result.completeExceptionally(new RefusedException(Refusal.of(ErrorCode.OVERLOADED)));
        }
    }

    /**
     * Runs the work on a hashing thread when it is the turn of the client. The future fails with OVERLOADED if the
     * queue is full and clients that have had less than this one need its place.
     *
     * @throws RefusedException OVERLOADED if the queue is full
     */
    <T> CompletableFuture<T> submit(String address, Supplier<T> work) {
        return submit(work, check -> unknownClients.offer(address, check));
    }

    /**
     * Runs the work of a user who has signed in before; see {@link #submit(String, Supplier)}. Such users take every
     * other turn, so that no number of unknown clients keeps them waiting, and they do not keep the others waiting. The
     * users of one address get the share of four.
     */
    <T> CompletableFuture<T> submitForKnownUser(Account account, String address, Supplier<T> work) {
        return submit(work, check -> knownUsers.offerOf(account.name(), address, check));
    }

    private <T> CompletableFuture<T> submit(Supplier<T> work, UnaryOperator<Check<?>> offer) {
        Check<T> check = new Check<>(work, new CompletableFuture<>());
        Check<?> refused;
        synchronized (unknownClients) {
            refused = offer.apply(check);
        }
        if (refused == check) {
            throw new RefusedException(Refusal.of(ErrorCode.OVERLOADED));
        }
        if (refused != null) {
            // The executor runs one check for each execution, so that this one takes the place of the refused one.
            refused.refuse();
        } else {
            threads.execute(this::runNext);
        }
        return check.result();
    }

    private void runNext() {
        Check<?> next;
        synchronized (unknownClients) {
            next = knownUserIsNext ? knownUsers.poll() : unknownClients.poll();
            if (next == null) {
                next = knownUserIsNext ? unknownClients.poll() : knownUsers.poll();
            } else {
                knownUserIsNext = !knownUserIsNext;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    String hash(String password) {
        return encoder.encode(password);
    }

    /** @param hash null if there is no such account: takes as long and returns false */
    boolean matches(String password, String hash) {
        boolean right = encoder.matches(password, hash == null ? dummyHash : hash);
        return right && hash != null;
    }

    /** Whether the hash is of a lower strength, or of another kind, than those that are made now. */
    boolean isOutdated(String hash) {
        return encoder.upgradeEncoding(hash);
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

            @Override
            public boolean upgradeEncoding(String hash) {
                return bcrypt.upgradeEncoding(hash);
            }
        };
        DelegatingPasswordEncoder encoder =
                new DelegatingPasswordEncoder("sha256-bcrypt", Map.of("sha256-bcrypt", ofPasswords, "bcrypt", bcrypt));
        encoder.setDefaultPasswordEncoderForMatches(ofPasswords);
        return encoder;
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
