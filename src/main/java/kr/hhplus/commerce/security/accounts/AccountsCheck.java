package kr.hhplus.commerce.security.accounts;

import java.util.Optional;
import java.util.regex.Pattern;
import kr.hhplus.commerce.security.AccessRefusedException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Refuses to start with guessable passwords or with client secrets in plain text. */
final class AccountsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PREFIX = "commerce.accounts";
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$[0-3][0-9]\\$[./A-Za-z0-9]{53}");
    private static final String COST_MIN = "10";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(context.getEnvironment());
    }

    /** @throws AccessRefusedException with a message that does not contain the secret */
    static void check(Environment environment) {
        if (environment.getProperty(PREFIX + ".enabled", Boolean.class, false)) {
            AccountProperties settings = Binder.get(environment)
                    .bind(PREFIX, AccountProperties.class)
                    .get();
            checkFirstAdmin(settings.firstAdmin());
            settings.clients().forEach(AccountsCheck::checkClient);
        }
    }

    private static void checkFirstAdmin(AccountProperties.FirstAdmin admin) {
        if (admin == null) {
            return;
        }
        String property = PREFIX + ".first-admin.";
        if (LoginRules.name(admin.name()).isEmpty()) {
            throw new AccessRefusedException(
                    property + "name is not a valid login name.",
                    "Use 3 to 100 letters, digits and the characters . _ @ + -");
        }
        Optional<String> weak = LoginRules.weakness(admin.name(), admin.password());
        if (weak.isPresent()) {
            throw new AccessRefusedException(
                    property + "password is too easy to guess.",
                    "Use at least " + LoginRules.PASSWORD_MIN + " characters and no common password.");
        }
    }

    private static void checkClient(String id, AccountProperties.Client client) {
        if (client.secret() == null && !client.redirectUris().isEmpty()) {
            return;
        }
        String secret = String.valueOf(client.secret());
        if (!BCRYPT.matcher(secret).matches() || secret.substring(4, 6).compareTo(COST_MIN) < 0) {
            throw new AccessRefusedException(
                    PREFIX + ".clients." + id + ".secret is not a bcrypt hash of cost " + COST_MIN + " or more.",
                    "Use the part after the colon of the output of: htpasswd -nbBC 10 " + id + " <secret>");
        }
    }
}
