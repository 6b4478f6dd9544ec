package kr.hhplus.commerce;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.Environment;

/**
 * Checks that the ports are free before the database is migrated and filled. The web server binds its port at the end
 * of the start and still detects a port that was taken meanwhile.
 */
final class PortCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int DEFAULT_PORT = 8080;

    /** Set for a start that only loads classes and ends before the port is bound. */
    private static final String EXIT = "spring.context.exit";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!(context instanceof WebServerApplicationContext) || SpringProperties.getProperty(EXIT) != null) {
            return;
        }
        Environment settings = context.getEnvironment();
        check(settings, "server", DEFAULT_PORT);
        check(settings, "management.server", -1);
    }

    private static void check(Environment settings, String prefix, int defaultPort) {
        int port = settings.getProperty(prefix + ".port", Integer.class, defaultPort);
        if (port <= 0) {
            return;
        }
        InetAddress address = settings.getProperty(prefix + ".address", InetAddress.class);
        try (ServerSocket socket = new ServerSocket()) {
            // Like the web server: a port with only closed connections (TIME_WAIT) is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            // The web server reports any other failure.
            PortInUseException.throwIfPortBindingException(e, () -> port);
        }
    }
}
