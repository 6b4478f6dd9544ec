package kr.hhplus.commerce.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kr.hhplus.commerce.CommerceApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

/** Settings of credentials that are refused before anything is started. */
@ExtendWith(OutputCaptureExtension.class)
class SharedSecretsTests {

    @Test
    void saysInOneLineWhyAKeyIsRefusedAndNotTheKey(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(
                        CommerceApplication.class, "--commerce.accounts.signing-key=tooShort-Zq9"))
                .isInstanceOf(AccessRefusedException.class);
        assertThat(output.getAll())
                .contains("commerce.accounts.signing-key has 12 bytes, fewer than 32.")
                .doesNotContain("tooShort-Zq9", "\tat ", "HikariPool");
    }

    @ParameterizedTest
    @CsvSource({
        "'', is missing",
        "0123456789012345678901234567890, fewer than 32",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, has too few distinct characters",
        "change-me-please-0123456789-abcdefghij, looks like an example",
        "'Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu,short', fewer than 32"
    })
    void refusesKeysThatCouldBeGuessed(String key, String why) {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("commerce.accounts.enabled", "true")
                .withProperty("commerce.accounts.signing-key", key);
        assertThatThrownBy(() -> SharedSecrets.of(settings))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesToBeOpenWithCredentials() {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("commerce.access", "open")
                .withProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://id.example");
        assertThatThrownBy(() -> AccessMode.of(settings)).hasMessageContaining("credentials are configured as well");
    }
}
