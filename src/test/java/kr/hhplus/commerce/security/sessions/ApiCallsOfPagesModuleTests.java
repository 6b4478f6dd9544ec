package kr.hhplus.commerce.security.sessions;

import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.OWNER;
import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.SecretTokens;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** Scripts of the pages call the API with the session; who sends none costs no look at the table of sessions. */
@PagesWithAccounts
class ApiCallsOfPagesModuleTests {

    private static final String CHARGE = "{'amount':100}";

    @LocalServerPort
    private int port;

    @MockitoSpyBean
    private InstallationSessions sessions;

    private Visit owner;

    @BeforeEach
    void signIn() {
        owner = new Visit(port).signIn(OWNER, PASSWORD);
    }

    private static void refused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void readWithTheSessionAlone() {
        assertThat(owner.get("/balance", "Accept: application/json").status()).isEqualTo(200);
        assertThat(owner.get("/admin/sale", "Accept: application/json").status())
                .isEqualTo(200);
    }

    @Test
    void changeThingsWithTheSecretOfAForm() {
        refused(owner.call("/balance/charge", CHARGE), 403, "FORBIDDEN");
        refused(
                owner.call("/balance/charge", CHARGE, SessionChainsConfiguration.CSRF_HEADER + ": wrong"),
                403,
                "FORBIDDEN");
        assertThat(owner.call("/balance/charge", CHARGE, SessionChainsConfiguration.CSRF_HEADER + ": " + owner.secret())
                        .status())
                .isEqualTo(200);
    }

    /** A forward ends in it, and the container would close its response by a writer of its own encoding. */
    @Test
    void areRefusedAsUtf8AtAddressesOfPages() {
        Reply refused = new Wire(port)
                .post("/sign-in", "application/x-www-form-urlencoded", "name=a", "Accept: application/json");
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void hearThatTheSessionIsOverBeforeAnythingElse() {
        Visit nobody = new Visit(port).having("session", "no.such");
        refused(nobody.call("/balance/charge", CHARGE), 401, "UNAUTHENTICATED");
        refused(nobody.get("/balance", "Accept: application/json"), 401, "UNAUTHENTICATED");
        assertThat(nobody.get("/products", "Accept: application/json").status()).isEqualTo(200);
    }

    @Test
    void areJudgedByATokenWhereTheyShowOne() {
        refused(
                owner.get("/balance", "Accept: application/json", "Authorization: Bearer nonsense"),
                401,
                "UNAUTHENTICATED");
        String user = SecretTokens.token(PagesWithAccounts.KEY, 7L, "USER");
        refused(
                owner.get("/admin/sale", "Accept: application/json", "Authorization: Bearer " + user),
                403,
                "FORBIDDEN");
        assertThat(owner.call("/balance/charge", CHARGE, "Authorization: Bearer " + user)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void costNothingWithoutTheCookie() {
        clearInvocations(sessions);
        Wire wire = new Wire(port);
        String user = "Authorization: Bearer " + SecretTokens.token(PagesWithAccounts.KEY, 7L, "USER");
        wire.get("/products");
        wire.get("/balance", user);
        wire.get("/balance", "Cookie: lang=ko; cart=1:1");
        wire.get("/", "Accept: text/html");
        owner.get("/products", "Accept: application/json");
        owner.get("/balance", "Accept: application/json", user);
        verify(sessions, never()).findById(any());
        owner.get("/balance", "Accept: application/json");
        verify(sessions, atLeastOnce()).findById(any());
    }
}
