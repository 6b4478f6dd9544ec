package kr.hhplus.commerce.web.problem;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;

/**
 * Caches problem documents as bytes: after a product sells out, many requests get the same document. Documents that
 * quote the request are not cached.
 */
final class ProblemCache {

    private static final int ENTRIES_MAX = 512;
    private static final int PATH_LENGTH_MAX = 64;

    private final Cache<Key, byte[]> documents =
            Caffeine.newBuilder().maximumSize(ENTRIES_MAX).build();

    private record Key(Refusal refusal, String path, Locale language) {}

    /** Serializes a document that is not in the cache. */
    @FunctionalInterface
    interface Writer {
        byte[] write(Refusal refusal, String path, Locale language);
    }

    byte[] body(Refusal refusal, String path, Locale language, Writer writer) {
        if (refusal instanceof InvalidRequest || path == null || path.length() > PATH_LENGTH_MAX) {
            return writer.write(refusal, path, language);
        }
        return documents.get(new Key(refusal, path, language), key -> writer.write(refusal, path, language));
    }
}
