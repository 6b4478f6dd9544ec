package kr.hhplus.commerce.auditlog;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds the entries of failed sign-ins, the only entries that anonymous clients can cause.
 *
 * @param failedSignInsRetention how long entries of failed sign-ins are kept; all other entries are kept for good
 * @param failedSignInsPerHour entries per instance and hour; one further entry counts the remaining failures of the
 *     hour
 */
@Validated
@ConfigurationProperties("commerce.audit-log")
record AuditLogProperties(
        @NotNull @DurationMin(days = 1) @DefaultValue("90d") Duration failedSignInsRetention,
        @Min(1) @DefaultValue("1000") int failedSignInsPerHour) {}
