package kr.hhplus.commerce.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

/** Which provider a server has, by its settings; the sandbox must not come with credentials by accident. */
class ChoosingAProviderTests {

    private static final String KEY = "commerce.accounts.signing-key";

    private static PaymentProviders providers(String... settings) {
        Map<String, String> values = new HashMap<>();
        MockEnvironment environment = new MockEnvironment();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
            environment.withProperty(settings[i], settings[i + 1]);
        }
        PaymentProperties properties = new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("commerce.payment", PaymentProperties.class);
        return new PaymentConfiguration().paymentProviders(properties, environment, null);
    }

    @Test
    void isTheSandboxWhereNothingIsConfigured() {
        assertThat(providers().contains("sandbox")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commerce.accounts.enabled",
                "commerce.accounts.signing-key",
                "spring.security.oauth2.resourceserver.jwt.issuer-uri"
            })
    void isNoneWithCredentials(String credential) {
        String value = credential.endsWith("enabled") ? "true" : "something";
        assertThat(providers(credential, value).isEmpty()).isTrue();
        assertThatThrownBy(() -> providers(credential, value, "commerce.payment.provider", "sandbox"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sandbox-with-credentials");
    }

    @Test
    void isTheSandboxWithCredentialsByNameAlone() {
        assertThat(providers(
                                KEY,
                                "something",
                                "commerce.payment.provider",
                                "sandbox",
                                "commerce.payment.sandbox-with-credentials",
                                "true")
                        .contains("sandbox"))
                .isTrue();
    }

    @Test
    void isTossPaymentsWithItsKey() {
        PaymentProviders providers = providers(KEY, "something", "commerce.payment.toss.secret-key", "test_sk_1");
        assertThat(providers.contains("toss")).isTrue();
        assertThat(providers.contains("sandbox")).isFalse();
        assertThatThrownBy(() -> providers("commerce.payment.provider", "toss"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("secret-key");
    }

    @Test
    void isNoneOfAnUnknownName() {
        assertThatThrownBy(() -> providers("commerce.payment.provider", "cash"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'cash'");
    }
}
