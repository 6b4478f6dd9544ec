package kr.hhplus.commerce.hints;

import kr.hhplus.commerce.shared.time.Loop;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps looking at what seems to be sold out. */
@Configuration(proxyBeanMethods = false)
class HintsConfiguration {

    @Bean
    Loop signsLoop(SoldOutSigns signs, SignSettings settings) {
        return new Loop("signs", settings.look(), signs::look, () -> {});
    }
}
