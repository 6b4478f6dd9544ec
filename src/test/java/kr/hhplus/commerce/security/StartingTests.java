package kr.hhplus.commerce.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import kr.hhplus.commerce.CommerceApplication;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class StartingTests {

    private static final String DATABASE = "--spring.datasource.url=jdbc:h2:mem:starting;MODE=MySQL;"
            + "DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

    @Test
    void refusesAnotherAddressInOneLine(CapturedOutput output) {
        assertThatThrownBy(() -> start("--server.address=0.0.0.0")).isInstanceOf(AccessRefusedException.class);
        assertThat(output.getAll())
                .contains("server.address is '0.0.0.0', but without credentials the server listens on loopback only.")
                .doesNotContain("\tat ", "AccessRefusedException")
                .doesNotContain("jdbc:h2");
    }

    @Test
    void warnsLoudlyWhereEverybodyMayCall(CapturedOutput output) {
        try (var context = start("--server.address=0.0.0.0", "--commerce.access=open")) {
            int port = ((ServletWebServerApplicationContext) context)
                    .getWebServer()
                    .getPort();
            assertThat(output.getAll()).contains("WARN").contains("EVERY CALLER MAY DO EVERYTHING");
            assertThat(new Wire(port)
                            .get("/actuator/health", "Host: evil.example", "Origin: null")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void guardsAManagementPortOfItsOwn() throws Exception {
        try (var context = start("--management.server.port=0", "--management.server.address=127.0.0.1")) {
            int port = Integer.parseInt(context.getEnvironment().getProperty("local.management.port"));
            Wire management = new Wire(port);
            assertThat(management.get("/actuator/health").status()).isEqualTo(200);
            assertThat(management.get("/actuator/health", "Host: evil.example").code())
                    .isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void writesStructuredLogsThatCarryTheRequestsId(CapturedOutput output) {
        try (var context = start("--logging.structured.format.console=ecs", "--logging.level.kr.hhplus=debug")) {
            int port = ((ServletWebServerApplicationContext) context)
                    .getWebServer()
                    .getPort();
            new Wire(port).get("/nowhere", "X-Request-Id: structured-1");
            assertThat(output.getAll().lines().filter(line -> line.contains("\"requestId\":\"structured-1\"")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{\"@timestamp\""));
        } finally {
            // The format is the process's: put the plain one back for the tests that follow.
            System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
            start().close();
        }
    }

    @ParameterizedTest
    @CsvSource({"server.address,0.0.0.0", "server.address,", "server.address,192.0.2.1", "server.address,::"})
    void refusesWhereAnotherMachineCouldConnect(String name, String value) {
        MockEnvironment settings = new MockEnvironment().withProperty(name, value == null ? "" : value);
        assertThatThrownBy(() -> ListeningCheck.check(settings)).isInstanceOf(AccessRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.9.9.9"})
    void takesLoopback(String address) {
        ListeningCheck.check(new MockEnvironment().withProperty("server.address", address));
    }

    @Test
    void refusesAManagementPortThatListensEverywhere() {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("server.address", "127.0.0.1")
                .withProperty("management.server.port", "9090");
        assertThatThrownBy(() -> ListeningCheck.check(settings)).hasMessageContaining("management.server.address");
        ListeningCheck.check(settings.withProperty("management.server.address", "::1"));
        ListeningCheck.check(settings.withProperty("commerce.access", "open"));
    }

    @Test
    void refusesAnAccessThatItDoesNotKnow() {
        for (String value : new String[] {"opne", "OPEN ", ""}) {
            MockEnvironment settings = new MockEnvironment().withProperty("commerce.access", value);
            assertThatThrownBy(() -> ListeningCheck.check(settings))
                    .hasMessageContaining("commerce.access is '" + value);
        }
    }

    @Test
    void refusesAnUnknownWayOutBeforeItOpensADatabase(CapturedOutput output) {
        assertThatThrownBy(() -> start("--commerce.events=pigeon"));
        assertThat(output.getAll())
                .contains("commerce.events", "It is file or kafka.")
                .doesNotContain("HikariPool");
    }

    private static org.springframework.context.ConfigurableApplicationContext start(String... settings) {
        Stream<String> database = Stream.of(settings).anyMatch(setting -> setting.contains("datasource.url"))
                ? Stream.of()
                : Stream.of(DATABASE);
        Stream<String> ours = Stream.concat(database, Stream.of("--server.port=0", "--commerce.sample-data=false"));
        return SpringApplication.run(
                CommerceApplication.class,
                Stream.concat(ours, Stream.of(settings)).toArray(String[]::new));
    }
}
