package kr.hhplus.commerce.auditlog;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much of the audit log failed sign-ins may take: they are the only entries that anonymous clients can cause.
 *
 * @param failedSignInsRetention after which the entry of a failed sign-in is deleted; no other entry ever is
 * @param failedSignInsPerHour entries that one instance writes; further failures of the hour are counted in one entry
 */
@Validated
@ConfigurationProperties("commerce.audit-log")
record AuditLogProperties(
        @NotNull @DurationMin(days = 1) @DefaultValue("90d") Duration failedSignInsRetention,
        @Min(1) @DefaultValue("1000") int failedSignInsPerHour) {}
