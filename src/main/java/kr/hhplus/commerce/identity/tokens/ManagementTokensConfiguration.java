package kr.hhplus.commerce.identity.tokens;

import kr.hhplus.commerce.identity.ConditionalOnCredentials;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** A chain for a management port of its own, which has filters of its own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnCredentials
class ManagementTokensConfiguration {

    @Bean
    FilterRegistrationBean<FirstPass> managementCallerChain(
            Environment environment, JwtAuthenticationProvider tokenCheck) {
        return TokensConfiguration.chain(Routes.ofManagement(environment), tokenCheck);
    }
}
