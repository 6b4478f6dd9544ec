package kr.hhplus.commerce;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Leaves Boot's tracing out unless {@code management.otlp.tracing.endpoint} is set. Boot's own switch,
 * {@code management.tracing.enabled}, stops the export alone: every request would still make spans.
 */
final class TracingImportFilter implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String ENDPOINT = "management.otlp.tracing.endpoint";
    private static final List<String> PACKAGES = List.of(
            "org.springframework.boot.actuate.autoconfigure.tracing.",
            "org.springframework.boot.actuate.autoconfigure.opentelemetry.",
            "org.springframework.boot.actuate.autoconfigure.logging.OpenTelemetry",
            "org.springframework.boot.actuate.autoconfigure.logging.otlp.");

    private boolean tracing;

    @Override
    public void setEnvironment(Environment environment) {
        tracing = StringUtils.hasText(environment.getProperty(ENDPOINT));
    }

    @Override
    public boolean[] match(String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            String name = autoConfigurations[i];
            matches[i] = tracing || name == null || PACKAGES.stream().noneMatch(name::startsWith);
        }
        return matches;
    }
}
