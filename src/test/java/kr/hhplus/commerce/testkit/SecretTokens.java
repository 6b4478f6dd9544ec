package kr.hhplus.commerce.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Tokens signed with a secret that a test shares with the server, good ones and bad ones. */
public final class SecretTokens {

    private SecretTokens() {}

    public static JWTClaimsSet claims(Object subject, Duration life, String... roles) {
        return new JWTClaimsSet.Builder()
                .issuer("commerce")
                .subject(String.valueOf(subject))
                .claim("roles", List.of(roles))
                .expirationTime(Date.from(Instant.now().plus(life)))
                .build();
    }

    /** Good for five minutes. */
    public static String token(String secret, Object subject, String... roles) {
        return signed(secret, claims(subject, Duration.ofMinutes(5), roles));
    }

    public static String signed(String secret, JWTClaimsSet claims) {
        return signed(secret.getBytes(StandardCharsets.UTF_8), claims);
    }

    public static String signed(byte[] secret, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code alg: none}. */
    public static String unsigned(JWTClaimsSet claims) {
        return new PlainJWT(claims).serialize();
    }
}
