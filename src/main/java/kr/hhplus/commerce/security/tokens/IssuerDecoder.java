package kr.hhplus.commerce.security.tokens;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Contacts the issuer when the first token arrives, so that the start does not wait for it. After a failure the issuer
 * is not contacted for a while. Meanwhile, and while another request contacts it, requests fail at once.
 */
final class IssuerDecoder implements JwtDecoder {

    private final Supplier<JwtDecoder> connect;
    private final Duration retryInterval;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile JwtDecoder decoder;

    /** Set by the first valid token: from then on an unknown key makes the token invalid. */
    private volatile boolean keysKnown;

    private JwtException failure;
    private long failedNanos;

    /** @param connect throws JwtException if the issuer cannot be reached */
    IssuerDecoder(Supplier<JwtDecoder> connect, Duration retryInterval) {
        this.connect = connect;
        this.retryInterval = retryInterval;
    }

    @Override
    public Jwt decode(String token) {
        JwtDecoder known = decoder;
        try {
            Jwt decoded = (known == null ? connected() : known).decode(token);
            keysKnown = true;
            return decoded;
        } catch (JwtException e) {
            throw keysKnown && e.getCause() instanceof RateLimitReachedException
                    ? new BadJwtException("signed with a key that is not among the issuer's keys", e)
                    : e;
        }
    }

    private JwtDecoder connected() {
        if (!connecting.tryLock()) {
            throw new JwtException("another request is fetching the issuer's keys; try again");
        }
        try {
            if (decoder == null) {
                connect();
            }
            return decoder;
        } finally {
            connecting.unlock();
        }
    }

    private void connect() {
        if (failure != null && System.nanoTime() - failedNanos < retryInterval.toNanos()) {
            throw new JwtException(failure.getMessage());
        }
        try {
            decoder = connect.get();
        } catch (JwtException e) {
            failure = e;
            failedNanos = System.nanoTime();
            throw e;
        }
    }
}
