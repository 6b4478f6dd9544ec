package kr.hhplus.commerce.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The server on a free port, with {@link ProbeController}, an empty database, and deadlines that tests can await. */
@Target(ElementType.TYPE)
@ContextConfiguration(initializers = FreshDatabase.class)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.http.request-deadline=3s",
            "spring.mvc.async.request-timeout=1s"
        })
@AutoConfigureObservability(tracing = false)
@Import(ProbeController.class)
public @interface ProbedServer {}
