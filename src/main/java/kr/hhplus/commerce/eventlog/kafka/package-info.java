/** The sink that delivers events to a Kafka topic. */
@NullMarked
package kr.hhplus.commerce.eventlog.kafka;

import org.jspecify.annotations.NullMarked;
