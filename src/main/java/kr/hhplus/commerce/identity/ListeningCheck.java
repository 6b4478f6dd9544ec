package kr.hhplus.commerce.identity;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Holds the settings against {@link LoopbackOnly} before anything of the server exists, its database included. */
final class ListeningCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        LoopbackOnly.check(context.getEnvironment());
    }
}
