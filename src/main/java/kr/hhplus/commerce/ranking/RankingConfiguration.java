package kr.hhplus.commerce.ranking;

import kr.hhplus.commerce.kernel.time.BackgroundTask;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs the sales aggregator. */
@Configuration(proxyBeanMethods = false)
class RankingConfiguration {

    @Bean
    BackgroundTask rankingLoop(SalesAggregator aggregator, RankingProperties properties) {
        return new BackgroundTask("ranking", properties.pollInterval(), aggregator::step);
    }
}
