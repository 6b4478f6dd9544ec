package kr.hhplus.commerce.security.ratelimit;

import kr.hhplus.commerce.security.ConditionalOnCredentials;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if rate limits are enabled; by default they are if callers need credentials. */
final class OnRateLimitingCondition implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Boolean enabled = context.getEnvironment().getProperty("commerce.rate-limit.enabled", Boolean.class);
        return enabled != null ? enabled : new ConditionalOnCredentials.Configured().matches(context, metadata);
    }
}
