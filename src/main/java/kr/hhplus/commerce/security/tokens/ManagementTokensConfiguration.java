package kr.hhplus.commerce.security.tokens;

import java.util.List;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * The filter chain of a separate management port, which has its own filters. Listed as a management configuration and
 * not annotated, because a component scan would register the filter on the main port as well.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@ConditionalOnCredentials
class ManagementTokensConfiguration {

    @Bean
    FilterRegistrationBean<FirstPass> managementCallerChain(
            PathMappedEndpoints actuator, JwtAuthenticationProvider tokenCheck) {
        return TokensConfiguration.chain(Routes.ofManagement(actuator), tokenCheck, List.of());
    }
}
