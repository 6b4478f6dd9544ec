package kr.hhplus.commerce.kernel.cache;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where hints are kept.
 *
 * @param cache in this process alone, or also told to the other instances through Redis
 */
@ConfigurationProperties("commerce")
record CacheProperties(@DefaultValue("local") Cache cache) {

    /** The two ways; any other word is refused at start. */
    enum Cache {
        LOCAL,
        REDIS
    }
}
