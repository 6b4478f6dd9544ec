package kr.hhplus.commerce.security;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Holds the settings against {@link LoopbackOnly} and weak keys before anything exists, the database included. */
final class ListeningCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        LoopbackOnly.check(context.getEnvironment());
        if (Access.of(context.getEnvironment()) == Access.CREDENTIALS) {
            SigningKeys.of(context.getEnvironment());
        }
    }
}
