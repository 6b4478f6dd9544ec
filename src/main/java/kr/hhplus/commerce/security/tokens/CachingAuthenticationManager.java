package kr.hhplus.commerce.security.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.nio.ByteBuffer;
import java.time.Clock;
import kr.hhplus.commerce.kernel.text.Sha256;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Authenticates bearer tokens and remembers those that were verified, so that not every request verifies its token. An
 * entry is used until the token expires (two seconds for a personal access token) and for {@code tokenCache.maxAge} at
 * most, so that a key that its issuer has withdrawn is not trusted for longer. The keys of the cache are digests: a
 * heap dump does not contain the tokens.
 */
final class CachingAuthenticationManager implements AuthenticationManager {

    private final AuthenticationManager verifier;
    private final Cache<ByteBuffer, CallerAuthentication> verified;
    private final Revocations revocations;
    private final Clock clock;

    CachingAuthenticationManager(
            AuthenticationManager verifier,
            IdentityProperties.TokenCache cache,
            Revocations revocations,
            Clock clock,
            MeterRegistry registry) {
        this.verifier = verifier;
        this.revocations = revocations;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(cache.maxSize())
                .expireAfterWrite(cache.maxAge())
                .executor(Runnable::run)
                .recordStats()
                .build();
        CaffeineCacheMetrics.monitor(registry, verified, "tokens");
    }

    @Override
    public Authentication authenticate(Authentication request) {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(((BearerTokenAuthenticationToken) request).getToken()));
        CallerAuthentication known = verified.getIfPresent(digest);
        if (known == null || !known.isValidAt(clock.instant())) {
            verified.invalidate(digest);
            known = verify(request);
            verified.put(digest, known);
        }
        if (known.isRevokedBy(revocations)) {
            throw new InvalidBearerTokenException("the token was revoked");
        }
        return known;
    }

    /** Spring Security would rethrow an AuthenticationServiceException instead of passing it to the entry point. */
    private CallerAuthentication verify(Authentication request) {
        try {
            return (CallerAuthentication) verifier.authenticate(request);
        } catch (AuthenticationServiceException e) {
            throw new ProblemResponses.IssuerUnavailableException(e);
        }
    }
}
