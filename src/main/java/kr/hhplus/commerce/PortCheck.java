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
 * Finds out that a port is taken before a database is migrated and filled. The web server binds its port at the end of
 * a start; a port that is taken in between is still refused there.
 */
final class PortCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int DEFAULT_PORT = 8080;

    /** Set where a start is only to load classes: it ends before the port is bound. */
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
            // As the web server does: a port that only has closed connections left is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            // Any other failure is the web server's to tell.
            PortInUseException.throwIfPortBindingException(e, () -> port);
        }
    }
}
