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
 * Asks the issuer when the first token comes, so that a start does not wait for it. After a failure it is left alone
 * for a while. Who calls meanwhile, or while it is being asked, hears so at once.
 */
final class IssuerDecoder implements JwtDecoder {

    private final Supplier<JwtDecoder> ask;
    private final Duration rest;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile JwtDecoder decoder;

    /** From the first token that held: from then on a key that is not among the issuer's is the token's own fault. */
    private volatile boolean keysKnown;

    private JwtException failure;
    private long failedNanos;

    /** @param ask throws JwtException where the issuer cannot be asked */
    IssuerDecoder(Supplier<JwtDecoder> ask, Duration rest) {
        this.ask = ask;
        this.rest = rest;
    }

    @Override
    public Jwt decode(String token) {
        JwtDecoder known = decoder;
        try {
            Jwt decoded = (known == null ? asked() : known).decode(token);
            keysKnown = true;
            return decoded;
        } catch (JwtException e) {
            throw keysKnown && e.getCause() instanceof RateLimitReachedException
                    ? new BadJwtException("signed with a key that the issuer did not name lately", e)
                    : e;
        }
    }

    private JwtDecoder asked() {
        if (!asking.tryLock()) {
            throw new JwtException("the issuer is being asked");
        }
        try {
            if (decoder == null) {
                ask();
            }
            return decoder;
        } finally {
            asking.unlock();
        }
    }

    private void ask() {
        if (failure != null && System.nanoTime() - failedNanos < rest.toNanos()) {
            throw new JwtException(failure.getMessage());
        }
        try {
            decoder = ask.get();
        } catch (JwtException e) {
            failure = e;
            failedNanos = System.nanoTime();
            throw e;
        }
    }
}
