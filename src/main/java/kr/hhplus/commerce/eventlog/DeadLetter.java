package kr.hhplus.commerce.eventlog;

/**
 * An event that the data platform does not take for what it is, a size for example; sending it again changes nothing.
 *
 * @param attempts how often it was tried
 */
public record DeadLetter(long position, String reason, int attempts) {}
