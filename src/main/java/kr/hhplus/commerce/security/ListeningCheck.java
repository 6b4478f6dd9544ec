package kr.hhplus.commerce.security;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Refuses unsafe addresses and weak signing keys before any bean is created and the database is opened. */
final class ListeningCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        LoopbackOnly.check(context.getEnvironment());
        if (Access.of(context.getEnvironment()) == Access.CREDENTIALS) {
            SigningKeys.of(context.getEnvironment());
        }
    }
}
