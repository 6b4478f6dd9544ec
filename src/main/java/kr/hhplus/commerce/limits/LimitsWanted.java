package kr.hhplus.commerce.limits;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Limits are there where they are asked for; else not even a filter is. */
final class LimitsWanted implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return context.getEnvironment().getProperty("commerce.limits.enabled", Boolean.class, false);
    }
}
