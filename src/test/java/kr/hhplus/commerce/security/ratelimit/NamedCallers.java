package kr.hhplus.commerce.security.ratelimit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Caller.Role;
import kr.hhplus.commerce.web.request.RequestCaller;
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
                    RequestCaller.set(request, Caller.user(Long.parseLong(user), Set.of(Role.USER)));
                } else if (service != null) {
                    RequestCaller.set(request, Caller.service(service, Set.of(Role.SERVICE)));
                }
                chain.doFilter(request, response);
            }
        });
        registration.setOrder(-100);
        return registration;
    }
}
