package kr.hhplus.commerce.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kr.hhplus.commerce.testkit.servers.RealServers;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives tests one empty shop for the whole run, on MySQL one of three instances with Redis: races only need users,
 * products and campaigns of their own.
 */
public final class SharedShop implements ParameterResolver {

    private static final int INSTANCES = 3;

    /** For races against the expiry. */
    private static final String SHORT_RESERVATIONS = "--commerce.reservation.ttl-min=1s";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Shop.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedShop.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                .shop;
    }

    private static final class Running implements CloseableResource {

        private final Path data;
        private final Shop shop;

        Running() {
            try {
                data = Files.createTempDirectory("shop");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            shop = TestDatabase.ON_MYSQL ? three(data) : Shop.open(data, SHORT_RESERVATIONS);
        }

        private static Shop three(Path data) {
            return Shop.openOn(
                    RealServers.mySql(),
                    INSTANCES,
                    data,
                    new EventFiles(data),
                    SHORT_RESERVATIONS,
                    "--commerce.cache=redis",
                    "--spring.data.redis.port=" + RealServers.redis().port());
        }

        @Override
        public void close() throws IOException {
            shop.close();
            FileSystemUtils.deleteRecursively(data);
        }
    }
}
