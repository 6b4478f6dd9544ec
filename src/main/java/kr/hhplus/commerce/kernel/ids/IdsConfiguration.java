package kr.hhplus.commerce.kernel.ids;

import java.time.Clock;
import java.util.Objects;
import kr.hhplus.commerce.kernel.database.Utc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * Gets this process's number from the database. The numbers of the 1,024 most recent starts differ in their low 10
 * bits.
 */
@Configuration(proxyBeanMethods = false)
class IdsConfiguration {

    @Bean
    Ids ids(JdbcClient jdbc, Clock clock) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("INSERT INTO instance (started_at) VALUES (?)")
                .param(Utc.toColumn(clock.instant()))
                .update(key, "id");
        return new Ids(clock, Objects.requireNonNull(key.getKey()).longValue());
    }
}
