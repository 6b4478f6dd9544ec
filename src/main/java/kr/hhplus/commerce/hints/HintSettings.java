package kr.hhplus.commerce.hints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where hints are kept.
 *
 * @param cache in this process alone, or also told to the other instances through Redis
 */
@ConfigurationProperties("commerce")
record HintSettings(@DefaultValue("local") Cache cache) {

    /** The two ways; any other word is refused at start. */
    enum Cache {
        LOCAL,
        REDIS
    }
}
