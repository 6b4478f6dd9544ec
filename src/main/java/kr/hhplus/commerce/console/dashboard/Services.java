package kr.hhplus.commerce.console.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** The state of the servers that this instance uses, from its health indicators. */
@Component
class Services {

    private final HealthContributorRegistry indicators;

    Services(HealthContributorRegistry indicators) {
        this.indicators = indicators;
    }

    /**
     * A server.
     *
     * @param role {@code database} or {@code cache}
     * @param kind the product's name; null if it is unknown
     */
    record Service(String role, String kind, boolean up) {}

    List<Service> all() {
        List<Service> services = new ArrayList<>();
        if (indicators.getContributor("db") instanceof HealthIndicator database) {
            Health health = database.health();
            Object product = health.getDetails().get("database");
            services.add(new Service("database", product == null ? null : product.toString(), isUp(health)));
        }
        if (indicators.getContributor("redis") instanceof HealthIndicator redis) {
            services.add(new Service("cache", "Redis", isUp(redis.health())));
        }
        return services;
    }

    private static boolean isUp(Health health) {
        return health.getStatus().equals(Status.UP);
    }
}
