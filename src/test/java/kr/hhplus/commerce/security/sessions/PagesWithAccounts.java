package kr.hhplus.commerce.security.sessions;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** A shop with accounts of its own, an administrator and sample products, for tests of its pages. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=true",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=" + PagesWithAccounts.KEY,
            "commerce.accounts.first-admin.name=" + PagesWithAccounts.OWNER,
            "commerce.accounts.first-admin.password=" + PagesWithAccounts.PASSWORD,
            "commerce.rate-limit.accounts.name=6/h burst 6",
            "commerce.rate-limit.accounts.sign-up=1000/h burst 1000",
            "commerce.rate-limit.enabled=false"
        })
@interface PagesWithAccounts {

    String KEY = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";
    String OWNER = "owner@shop.kr";
    String PASSWORD = "Purple-Kettle-42";
}
