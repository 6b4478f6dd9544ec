package kr.hhplus.commerce.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.testkit.SecretTokens;
import kr.hhplus.commerce.testkit.TestIssuer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** An issuer that is away, one that says it is another, and strangers who would have us ask it all the time. */
@ExtendWith(OutputCaptureExtension.class)
class IssuerAwayTests {

    private final TestIssuer issuer = new TestIssuer();
    private final IdentityProperties properties = new IdentityProperties(
            "sub",
            "roles",
            "ADMIN",
            "SERVICE",
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            new IdentityProperties.TokenCache(10, Duration.ofMinutes(5)));
    private final TokenDecoders decoders = new TokenDecoders(Clock.systemUTC());

    @AfterEach
    void close() {
        issuer.close();
    }

    private JwtDecoder decoder() {
        return new IssuerDecoder(
                () -> decoders.ofIssuer(issuer.uri(), List.of(), new IssuerKeys(properties).of(issuer.uri())),
                Duration.ofMillis(1));
    }

    @Test
    void saysThatItDoesNotKnowAndAsksAgainTheNextTime() {
        JwtDecoder decoder = decoder();
        issuer.away(true);
        assertThatThrownBy(() -> decoder.decode(issuer.token("5")))
                .isInstanceOf(JwtException.class)
                .isNotInstanceOf(BadJwtException.class);
        issuer.away(false);
        Awaitility.await("the issuer to be asked again")
                .ignoreExceptions()
                .until(() -> decoder.decode(issuer.token("5")).getSubject().equals("5"));
    }

    @Test
    void leavesAnIssuerThatIsAwayAloneForAWhile() {
        AtomicInteger asked = new AtomicInteger();
        JwtDecoder decoder = new IssuerDecoder(
                () -> {
                    asked.incrementAndGet();
                    throw new JwtException("away");
                },
                Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> decoder.decode("x")).hasMessage("away");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void keepsNobodyWaitingWhileTheIssuerIsBeingAsked() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        JwtDecoder slow = new IssuerDecoder(
                () -> {
                    asked.countDown();
                    await(answer);
                    return decoder();
                },
                Duration.ofHours(1));
        CompletableFuture<Jwt> first = CompletableFuture.supplyAsync(() -> slow.decode(issuer.token("5")));
        await(asked);
        CompletableFuture<Jwt> second = CompletableFuture.supplyAsync(() -> slow.decode(issuer.token("6")));
        assertThat(second)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("another request is fetching");
        answer.countDown();
        assertThat(first.get().getSubject()).isEqualTo("5");
    }

    @Test
    void saysSoInTheLogOnceInAWhile(CapturedOutput output) throws Exception {
        for (int i = 0; i < 5; i++) {
            MockHttpServletResponse response = new MockHttpServletResponse();
            new ProblemResponses()
                    .commence(
                            new MockHttpServletRequest("GET", "/balance"),
                            response,
                            new ProblemResponses.IssuerUnavailableException(
                                    new AuthenticationServiceException("away, says this test")));
            assertThat(response.getStatus()).isEqualTo(503);
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("away, says this test")))
                .hasSizeLessThanOrEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesAnIssuerThatCallsItselfAnother() {
        assertThatThrownBy(() -> new IssuerKeys(properties).of(issuer.uri() + "/"))
                .isInstanceOf(JwtException.class)
                .hasMessageContaining("reports the issuer URI");
    }

    @Test
    void asksSeldomWhateverKeysStrangersName() throws Exception {
        JwtDecoder decoder = decoder();
        decoder.decode(issuer.token("5"));
        RSAKey stranger = new RSAKeyGenerator(2048).generate();
        for (int i = 0; i < 50; i++) {
            String strange = TestIssuer.signed(
                    issuer.claims("5").build(),
                    new RSAKey.Builder(stranger).keyID("strange-" + i).build());
            assertThatThrownBy(() -> decoder.decode(strange))
                    .as("the token's own fault, not the issuer's")
                    .isInstanceOf(BadJwtException.class);
            assertThat(decoder.decode(issuer.token("5")).getSubject()).isEqualTo("5");
        }
        assertThat(issuer.keysFetched()).isLessThanOrEqualTo(3);
    }

    @Test
    void keepsSecretsAndPublicKeysApartWhereBothAreTaken() {
        String secret = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";
        DelegatingAuthenticationManager both = new DelegatingAuthenticationManager(
                null,
                request -> {
                    throw new BadCredentialsException("to our own");
                },
                null,
                new JwtAuthenticationProvider(decoder())::authenticate,
                issuer.uri());
        assertThat(both.authenticate(bearer(issuer.token("5"))).getName()).isEqualTo("5");
        assertThatThrownBy(() -> both.authenticate(bearer(SecretTokens.token(secret, 5))))
                .hasMessage("to our own");
        for (String bad : List.of(SecretTokens.unsigned(issuer.claims("5").build()), "nonsense", "hhp_nonsense")) {
            assertThatThrownBy(() -> both.authenticate(bearer(bad))).isInstanceOf(InvalidBearerTokenException.class);
        }
    }

    private static BearerTokenAuthenticationToken bearer(String token) {
        return new BearerTokenAuthenticationToken(token);
    }

    @Test
    void isNotAskedAgainForATokenThatWasVerifiedAndStillHolds() {
        AtomicInteger verified = new AtomicInteger();
        AtomicInteger current = new AtomicInteger(3);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
        CachingAuthenticationManager tokens = new CachingAuthenticationManager(
                request -> {
                    verified.incrementAndGet();
                    return new CallerAuthentication(Caller.user(5, Set.of()), Instant.parse("2030-01-01T00:05:00Z"), 3);
                },
                new IdentityProperties.TokenCache(10, Duration.ofMinutes(5)),
                (userId, generation) -> userId == 5 && generation < current.get(),
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now.get();
                    }
                },
                new SimpleMeterRegistry());
        tokens.authenticate(bearer("a"));
        tokens.authenticate(bearer("a"));
        assertThat(verified).hasValue(1);
        tokens.authenticate(bearer("b"));
        assertThat(verified).as("another token").hasValue(2);
        now.set(Instant.parse("2030-01-01T00:05:00Z"));
        tokens.authenticate(bearer("a"));
        assertThat(verified).as("after its end").hasValue(3);
        current.set(4);
        assertThatThrownBy(() -> tokens.authenticate(bearer("b"))).isInstanceOf(InvalidBearerTokenException.class);
    }
}
