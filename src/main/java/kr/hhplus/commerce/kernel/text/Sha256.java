package kr.hhplus.commerce.kernel.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * SHA-256 digests. A digest alone protects random tokens only; a password is digested for the slow hash that follows.
 */
public final class Sha256 {

    private Sha256() {}

    /** Returns the 32 bytes of the digest of the UTF-8 text. */
    public static byte[] of(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the digest in 43 characters that need no encoding in a URL. */
    public static String base64Of(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(text));
    }
}
