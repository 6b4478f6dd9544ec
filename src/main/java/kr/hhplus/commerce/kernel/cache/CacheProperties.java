package kr.hhplus.commerce.kernel.cache;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Selects the scope of the caches.
 *
 * @param cache {@code local}: each instance caches for itself; {@code redis}: instances also share best sellers and
 *     sold-out ids through Redis
 */
@ConfigurationProperties("commerce")
record CacheProperties(@DefaultValue("local") Cache cache) {

    /** The valid values. Any other value fails the start. */
    enum Cache {
        LOCAL,
        REDIS
    }
}
