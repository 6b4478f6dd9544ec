package kr.hhplus.commerce.order;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of orders.
 *
 * @param cancelWithin how long after the order its buyer may cancel it or have pieces refunded; operators may later
 */
@Validated
@ConfigurationProperties("commerce.order")
record OrderProperties(
        @NotNull @DurationMin @DefaultValue("7d") Duration cancelWithin) {}
