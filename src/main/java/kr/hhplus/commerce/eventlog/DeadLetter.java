package kr.hhplus.commerce.eventlog;

/**
 * An event that the data platform rejects for what the event is, for example its size. A retry does not help.
 *
 * @param attempts the number of attempts
 */
public record DeadLetter(long position, String reason, int attempts) {}
