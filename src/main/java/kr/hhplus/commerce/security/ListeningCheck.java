package kr.hhplus.commerce.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Refuses unsafe addresses and weak signing keys before any bean is created and the database is opened. In local mode
 * the server and its management port must listen on loopback.
 */
final class ListeningCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(context.getEnvironment());
        if (AccessMode.of(context.getEnvironment()) == AccessMode.CREDENTIALS) {
            SharedSecrets.of(context.getEnvironment());
        }
    }

    /** @throws AccessRefusedException if another machine could connect */
    static void check(Environment settings) {
        if (AccessMode.of(settings) != AccessMode.LOCAL) {
            return;
        }
        requireLoopback("server.address", settings.getProperty("server.address"));
        String managementPort = settings.getProperty("management.server.port", "");
        String managementAddress = settings.getProperty("management.server.address", "");
        boolean ownPort = !managementPort.isEmpty()
                && !managementPort.startsWith("-")
                && !managementPort.equals(settings.getProperty("server.port", "8080"));
        if (ownPort || !managementAddress.isEmpty()) {
            requireLoopback("management.server.address", managementAddress);
        }
    }

    private static void requireLoopback(String name, String address) {
        if (!isLoopback(address)) {
            String shown = address == null || address.isEmpty() ? "every address" : "'" + address + "'";
            throw new AccessRefusedException(
                    name + " is " + shown + ", but without credentials the server listens on loopback only.",
                    "Set " + name + " to 127.0.0.1, or configure credentials (docs/deploying.md), or set "
                            + AccessMode.PROPERTY + "=open behind a trusted network that authenticates callers.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return address != null
                    && !address.isBlank()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
