package kr.hhplus.commerce.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of tokens as OpenID Connect has them: it says where its keys are, and changes them when told to. */
public final class TestIssuer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger keysFetched = new AtomicInteger();
    private volatile RSAKey key = newKey();
    private volatile boolean away;

    public TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/realm/.well-known/openid-configuration",
                exchange -> answer(exchange, "{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri() + "/keys\"}"));
        server.createContext("/realm/keys", exchange -> {
            keysFetched.incrementAndGet();
            answer(exchange, new JWKSet(key.toPublicJWK()).toString());
        });
        server.start();
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(away ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    /** The key that signs now. */
    public RSAKey key() {
        return key;
    }

    /** Signs with a new key from now on, and publishes no other. */
    public void rotate() {
        key = newKey();
    }

    /** Answers with 503 while away. */
    public void away(boolean now) {
        away = now;
    }

    public int keysFetched() {
        return keysFetched.get();
    }

    /** What a token of this issuer says by default: who, for the shop, for five minutes. */
    public JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .issuer(uri())
                .subject(subject)
                .audience("shop")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
    }

    /** A token with these roles, where Keycloak puts them. */
    public String token(String subject, String... roles) {
        return signed(claims(subject)
                .claim("realm_access", Map.of("roles", java.util.List.of(roles)))
                .build());
    }

    public String signed(JWTClaimsSet claims) {
        return signed(claims, key);
    }

    public static String signed(JWTClaimsSet claims, RSAKey key) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key.getKeyID())
                    .build();
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
