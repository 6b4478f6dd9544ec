package kr.hhplus.commerce.payment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of payments.
 *
 * @param provider {@code sandbox}, {@code toss} or {@code none}; null: {@code toss} if its secret key is set, otherwise
 *     {@code sandbox} where callers need no credentials, and {@code none} where they do
 * @param sandboxWithCredentials allows the sandbox, which gives money away, where callers need credentials
 * @param concurrency calls to the provider at the same time; further ones wait, and then are left to the settlement
 * @param confirmTimeout how long a request to confirm waits for the provider before it is answered with 202
 * @param retryMin the pause before the provider is asked again; doubles
 * @param retryMax the longest pause
 * @param refusalRecheck how long after a refund was refused it is asked for again; a second refusal is final
 * @param pollInterval how often the settlement looks for what is due
 */
@Validated
@ConfigurationProperties("commerce.payment")
record PaymentProperties(
        @Nullable String provider,
        @DefaultValue("false") boolean sandboxWithCredentials,
        @DefaultValue("16") @Min(1) @Max(256) int concurrency,

        @NotNull @DurationMin(millis = 10) @DurationMax(seconds = 25) @DefaultValue("15s")
        Duration confirmTimeout,

        @NotNull @DurationMin(millis = 10) @DefaultValue("2s")
        Duration retryMin,

        @NotNull @DurationMin(millis = 10) @DefaultValue("10m")
        Duration retryMax,

        @NotNull @DurationMin(millis = 10) @DefaultValue("2m")
        Duration refusalRecheck,

        @NotNull @DurationMin(millis = 10) @DefaultValue("1s")
        Duration pollInterval,

        @NotNull @Valid @DefaultValue Toss toss) {

    /** Calls about one payment: query, confirm, query by key and by order, cancel; and one to spare. */
    private static final int CALLS_MAX = 6;

    /**
     * Settings of Toss Payments.
     *
     * @param secretKey authenticates this service; null or empty: not used
     * @param clientKey the public key, for the widget of a client
     * @param baseUrl of the API
     * @param connectTimeout of one call
     * @param readTimeout of one call; a confirmation may take some seconds
     */
    record Toss(
            @Nullable String secretKey,
            @Nullable String clientKey,

            @NotNull @DefaultValue("https://api.tosspayments.com")
            URI baseUrl,

            @NotNull @DurationMin(millis = 10) @DefaultValue("2s")
            Duration connectTimeout,

            @NotNull @DurationMin(millis = 10) @DefaultValue("10s")
            Duration readTimeout) {

        boolean isConfigured() {
            return secretKey != null && !secretKey.isBlank();
        }
    }

    /** How long an instance may take for all calls about one payment, before another one asks too. */
    Duration lease() {
        return toss.connectTimeout().plus(toss.readTimeout()).multipliedBy(CALLS_MAX);
    }

    /** The pause after so many attempts. */
    Duration pauseAfter(int attempts) {
        Duration doubled = retryMin.multipliedBy(1L << Math.min(attempts, 20));
        return doubled.compareTo(retryMax) < 0 ? doubled : retryMax;
    }
}
