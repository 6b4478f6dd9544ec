package kr.hhplus.commerce.security.accounts;

import java.util.Optional;
import java.util.regex.Pattern;
import kr.hhplus.commerce.security.AccessRefusedException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Refuses a start with secrets that everybody knows, or that stand in the settings as they are. */
final class AccountsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PREFIX = "commerce.accounts";
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$[0-3][0-9]\\$[./A-Za-z0-9]{53}");
    private static final String COST_MIN = "10";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(context.getEnvironment());
    }

    /** @throws AccessRefusedException in one line, without the secret */
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
                    property + "name is no login name.", "Give 3 to 100 letters, digits and the signs . _ @ + -");
        }
        Optional<String> weak = LoginRules.weakness(admin.name(), admin.password());
        if (weak.isPresent()) {
            throw new AccessRefusedException(
                    property + "password could be guessed.",
                    "Give one of at least " + LoginRules.PASSWORD_MIN + " characters that is in no list.");
        }
    }

    private static void checkClient(String id, AccountProperties.Client client) {
        String secret = String.valueOf(client.secret());
        if (!BCRYPT.matcher(secret).matches() || secret.substring(4, 6).compareTo(COST_MIN) < 0) {
            throw new AccessRefusedException(
                    PREFIX + ".clients." + id + ".secret is no bcrypt hash of cost " + COST_MIN + " or more.",
                    "Give the part after the colon of: htpasswd -nbBC 10 " + id + " <secret>");
        }
    }
}
