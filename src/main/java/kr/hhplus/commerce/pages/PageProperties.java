package kr.hhplus.commerce.pages;

import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of all pages.
 *
 * @param timeZone the time zone of all times that pages show and forms take
 */
@Validated
@ConfigurationProperties("commerce.pages")
record PageProperties(@NotNull @DefaultValue("Asia/Seoul") ZoneId timeZone) {}
