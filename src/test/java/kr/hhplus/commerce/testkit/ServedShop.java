package kr.hhplus.commerce.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The whole server on a free port and an empty database in memory, one for all classes that ask for it. */
@Target(ElementType.TYPE)
@ContextConfiguration(initializers = FreshDatabase.class)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"commerce.sample-data=false"})
public @interface ServedShop {}
