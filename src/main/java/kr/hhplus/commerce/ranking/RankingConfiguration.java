package kr.hhplus.commerce.ranking;

import kr.hhplus.commerce.shared.time.Loop;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the counting going. */
@Configuration(proxyBeanMethods = false)
class RankingConfiguration {

    @Bean
    Loop rankingLoop(SalesAggregator aggregator, RankingSettings settings) {
        return new Loop("ranking", settings.poll(), aggregator::step, () -> {});
    }
}
