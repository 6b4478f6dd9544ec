package kr.hhplus.bench.servers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The service's signing key, and header lines with tokens that are signed with it. */
public final class Credentials {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Duration LIFE = Duration.ofHours(12);
    private static final String HEAD = text("{\"alg\":\"HS256\"}");

    private final String key;

    public Credentials() {
        byte[] random = new byte[48];
        new SecureRandom().nextBytes(random);
        key = BASE64.encodeToString(random);
    }

    /** The service's arguments: the key, and the source of client addresses. */
    public List<String> settings() {
        return List.of("--commerce.accounts.signing-key=" + key, "--server.forward-headers-strategy=native");
    }

    /** @param roles as JSON: {@code ["ADMIN"]} */
    public String token(long user, String roles) {
        String claims = text("{\"iss\":\"commerce\",\"sub\":\"" + user + "\",\"roles\":" + roles + ",\"exp\":"
                + Instant.now().plus(LIFE).getEpochSecond() + "}");
        return HEAD + "." + claims + "." + signature(HEAD + "." + claims);
    }

    /** The header lines of a user with an address of the network that is reserved for benchmarks. */
    public String headLines(int user) {
        return "Authorization: Bearer " + token(user, "[]") + "\r\nX-Forwarded-For: " + address(user) + "\r\n";
    }

    private static String address(int user) {
        return "198." + (18 + (user >> 16 & 1)) + "." + (user >> 8 & 255) + "." + (user & 255);
    }

    private static String text(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
