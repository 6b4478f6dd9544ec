package kr.hhplus.commerce.web.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The whole server on a free port with an empty database, and a short deadline for bodies. */
@Target(ElementType.TYPE)
@ContextConfiguration(initializers = FreshDatabase.class)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"commerce.sample-data=false", "commerce.http.request-deadline=1s"})
@interface RealServer {}
