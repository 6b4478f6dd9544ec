package kr.hhplus.commerce.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Caller.Role;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Takes the word of a header for who calls, where the filter stands that would look at a token. */
@TestConfiguration(proxyBeanMethods = false)
class NamedCallers {

    static final String USER = "X-Test-User";
    static final String SERVICE = "X-Test-Service";

    @Bean
    FilterRegistrationBean<HttpFilter> namedCallersFilter() {
        FilterRegistrationBean<HttpFilter> registration = new FilterRegistrationBean<>(new HttpFilter() {
            @Override
            protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                String user = request.getHeader(USER);
                String service = request.getHeader(SERVICE);
                if (user != null) {
                    Caller.user(Long.parseLong(user), Set.of(Role.USER)).putOn(request);
                } else if (service != null) {
                    Caller.service(service).putOn(request);
                }
                chain.doFilter(request, response);
            }
        });
        registration.setOrder(-100);
        return registration;
    }
}
