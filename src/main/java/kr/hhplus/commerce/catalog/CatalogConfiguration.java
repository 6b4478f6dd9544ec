package kr.hhplus.commerce.catalog;

import java.time.Duration;
import kr.hhplus.commerce.shared.time.Loop;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps looking for products whose earlier orders are to be counted. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Bean
    Loop purchaseScanLoop(PurchaseScan scan) {
        return new Loop("purchase-scan", PAUSE, scan::step, () -> {});
    }
}
