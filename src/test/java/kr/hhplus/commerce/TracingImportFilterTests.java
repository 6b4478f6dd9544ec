package kr.hhplus.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.MicrometerTracingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.NoopTracerAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.tracing.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.mock.env.MockEnvironment;

/** Tracing costs nothing until it is configured: none of its beans exist. */
class TracingImportFilterTests {

    private static List<String> leftOut(MockEnvironment environment) {
        List<String> candidates = new ArrayList<>();
        ImportCandidates.load(AutoConfiguration.class, TracingImportFilterTests.class.getClassLoader())
                .forEach(candidates::add);
        TracingImportFilter filter = new TracingImportFilter();
        filter.setEnvironment(environment);
        boolean[] matches = filter.match(candidates.toArray(String[]::new), null);
        List<String> leftOut = new ArrayList<>();
        for (int i = 0; i < matches.length; i++) {
            if (!matches[i]) {
                leftOut.add(candidates.get(i));
            }
        }
        return leftOut;
    }

    @Test
    void leavesTracingOutByDefault() {
        assertThat(leftOut(new MockEnvironment()))
                .contains(
                        MicrometerTracingAutoConfiguration.class.getName(),
                        NoopTracerAutoConfiguration.class.getName(),
                        OpenTelemetryAutoConfiguration.class.getName(),
                        OpenTelemetryTracingAutoConfiguration.class.getName(),
                        OtlpTracingAutoConfiguration.class.getName())
                .noneMatch(name -> name.contains(".metrics."));
    }

    @Test
    void leavesNothingOutWhereAnEndpointIsSet() {
        assertThat(leftOut(new MockEnvironment()
                        .withProperty("management.otlp.tracing.endpoint", "http://127.0.0.1:4318/v1/traces")))
                .isEmpty();
    }
}
