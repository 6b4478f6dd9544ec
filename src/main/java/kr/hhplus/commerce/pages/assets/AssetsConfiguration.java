package kr.hhplus.commerce.pages.assets;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where scripts and styles are: this server's own, and those of web jars. */
@Configuration(proxyBeanMethods = false)
class AssetsConfiguration implements WebMvcConfigurer {

    private static final CacheControl KEPT =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic();
    private static final String JARS = "classpath:/META-INF/resources/webjars/";

    /** Addresses in pages name the version, so a file may be kept for as long as a browser likes. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/vendor/**")
                .addResourceLocations(dist("htmx.org"), dist("uplot"))
                .setCacheControl(KEPT);
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(KEPT);
    }

    private static String dist(String jar) {
        return JARS + jar + "/" + Assets.version(jar) + "/dist/";
    }
}
