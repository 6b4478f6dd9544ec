/** The relay: the leader delivers the event log to a sink, and replays events that an operator selects. */
@NullMarked
@org.springframework.modulith.NamedInterface("relay")
package kr.hhplus.commerce.eventlog.relay;

import org.jspecify.annotations.NullMarked;
