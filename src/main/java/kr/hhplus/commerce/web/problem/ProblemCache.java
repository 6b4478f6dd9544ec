package kr.hhplus.commerce.web.problem;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;

/**
 * The last problem documents as bytes: when a sale is over, a hundred thousand people are told the same. Those that
 * quote what a client has sent are written anew each time.
 */
final class ProblemCache {

    private static final int KEPT_MAX = 512;
    private static final int PATH_LENGTH_MAX = 64;

    private final Map<Asked, byte[]> kept = new ConcurrentHashMap<>();

    /** Refusals are records, equal where all that they say is equal. */
    private record Asked(Refusal refusal, String path, Locale language) {}

    /** Writes a document that is not remembered. */
    @FunctionalInterface
    interface Writer {
        byte[] write(Refusal refusal, String path, Locale language);
    }

    byte[] body(Refusal refusal, String path, Locale language, Writer writer) {
        if (refusal instanceof InvalidRequest || path == null || path.length() > PATH_LENGTH_MAX) {
            return writer.write(refusal, path, language);
        }
        Asked asked = new Asked(refusal, path, language);
        byte[] known = kept.get(asked);
        if (known == null) {
            known = writer.write(refusal, path, language);
            if (kept.size() >= KEPT_MAX) {
                kept.clear();
            }
            kept.put(asked, known);
        }
        return known;
    }
}
