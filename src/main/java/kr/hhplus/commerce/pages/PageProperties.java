package kr.hhplus.commerce.pages;

import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the pages look at the world.
 *
 * @param timeZone in which people read times
 */
@Validated
@ConfigurationProperties("commerce.pages")
record PageProperties(@NotNull @DefaultValue("Asia/Seoul") ZoneId timeZone) {}
