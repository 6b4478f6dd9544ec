package kr.hhplus.commerce.pages.assets;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves scripts and styles: this server's own, and those of web jars. */
@Configuration(proxyBeanMethods = false)
class AssetsConfiguration implements WebMvcConfigurer {

    private static final CacheControl ONE_YEAR =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic();
    private static final String JARS = "classpath:/META-INF/resources/webjars/";

    /** Addresses contain the version, so browsers may cache files for a year. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/vendor/**")
                .addResourceLocations(dist("htmx.org"), dist("uplot"))
                .setCacheControl(ONE_YEAR);
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(ONE_YEAR);
    }

    private static String dist(String jar) {
        return JARS + jar + "/" + Assets.version(jar) + "/dist/";
    }
}
