package kr.hhplus.commerce.web.sse;

/** What one connection has still to be told. Asked when the connection can take it, so that a slow one skips. */
@FunctionalInterface
public interface SseSubscriber {

    /**
     * Called by one thread at a time.
     *
     * @return what is new since the last call, as server-sent events; null: nothing
     */
    byte[] next();
}
