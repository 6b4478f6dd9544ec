package kr.hhplus.commerce.testkit.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test that starts Redis or Kafka: left out of the quick loop, by name. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(named = "servers", matches = "none", disabledReason = "skipped by -Dservers=none")
public @interface NeedsServers {}
