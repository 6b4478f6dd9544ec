package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.groupcommit.AdmissionPolicy;
import kr.hhplus.commerce.testkit.ServedShop;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;

@ServedShop
class LimitsInLocalModeTests {

    @Autowired
    private ApplicationContext context;

    @Test
    void areNotThereAtAll() {
        assertThat(context.getBeansOfType(FilterRegistrationBean.class).values())
                .isNotEmpty()
                .noneMatch(registration -> registration
                        .getFilter()
                        .getClass()
                        .getPackageName()
                        .equals("kr.hhplus.commerce.security.ratelimit"));
        assertThat(context.getBeansOfType(RateLimiter.class)).isEmpty();
        assertThat(context.getBeansOfType(AdmissionPolicy.class)).isEmpty();
    }
}
