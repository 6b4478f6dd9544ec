package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.get;

import java.nio.file.Path;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.TestIssuer;
import org.junit.jupiter.api.AfterAll;

/** The same way where a company's own issuer says who calls, by a name that is no number. */
class BuyersJourneyWithAnIssuerStory extends BuyersJourneyStory {

    private final TestIssuer issuer = new TestIssuer();

    @Override
    Shop open(Path data) {
        return Shop.openWithSampleData(
                data,
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.uri(),
                "--spring.security.oauth2.resourceserver.jwt.audiences=shop",
                "--commerce.identity.roles-claim=realm_access.roles");
    }

    @AfterAll
    void closeTheIssuer() {
        issuer.close();
    }

    @Override
    long comeIn(Client visitor) {
        visitor.showing(
                call -> call.isTheOperators() ? issuer.token("auth0|owner", "ADMIN") : issuer.token("auth0|ann"));
        return visitor.must(get("/balance")).number("userId");
    }
}
