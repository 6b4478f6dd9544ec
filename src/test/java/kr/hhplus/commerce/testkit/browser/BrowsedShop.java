package kr.hhplus.commerce.testkit.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The shop as a newcomer meets it, with sample data and without sign-in; one for all tests that look at it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NeedsBrowser
@AutoConfigureObservability(tracing = false)
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "commerce.sample-data=true")
public @interface BrowsedShop {}
