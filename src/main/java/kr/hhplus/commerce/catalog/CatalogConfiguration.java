package kr.hhplus.commerce.catalog;

import java.time.Duration;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs {@link PurchaseScan} in the background. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Bean
    BackgroundTask purchaseScanLoop(PurchaseScan scan) {
        return new BackgroundTask("purchase-scan", PAUSE, scan::step);
    }
}
