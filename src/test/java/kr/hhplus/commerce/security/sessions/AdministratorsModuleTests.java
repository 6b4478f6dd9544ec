package kr.hhplus.commerce.security.sessions;

import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.OWNER;
import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Administrators;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** An administrator makes others, and removes them but the last. */
@OnDatabase
@PagesWithAccounts
class AdministratorsModuleTests {

    @LocalServerPort
    private int port;

    @Autowired
    private Administrators administrators;

    @Autowired
    private JdbcTemplate sql;

    /** Other tests of this context count on the owner. */
    @AfterEach
    void onlyTheOwner() {
        Account owner = administrators.grant(OWNER, Caller.UNRESTRICTED);
        administrators.all().stream()
                .filter(other -> other.userId() != owner.userId())
                .forEach(other -> administrators.revoke(other.userId(), Caller.UNRESTRICTED));
    }

    private Visit owner() {
        Visit owner = new Visit(port).signIn(OWNER, PASSWORD);
        owner.get("/console/administrators");
        return owner;
    }

    private List<String> names() {
        return administrators.all().stream().map(Account::name).toList();
    }

    @Test
    void anAdministratorAddsAndRemovesAnother() {
        String name = "second@shop.kr";
        Visit second = new Visit(port).signUp(name, PASSWORD);
        assertThat(second.get("/console").status()).isEqualTo(403);

        Visit owner = owner();
        assertThat(owner.post("/console/administrators", "name", "SECOND@shop.kr")
                        .status())
                .isEqualTo(303);
        assertThat(second.get("/account").status())
                .as("the session without the role has ended")
                .isEqualTo(303);
        second.signIn(name, PASSWORD);
        Reply page = second.get("/console/administrators");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains(name, OWNER);

        long userId = administrators.all().get(1).userId();
        owner.get("/console/administrators");
        assertThat(owner.post("/console/administrators/revoke", "userId", String.valueOf(userId))
                        .status())
                .isEqualTo(303);
        assertThat(second.get("/console").status()).isEqualTo(303);
        assertThat(second.signIn(name, PASSWORD).get("/console").status()).isEqualTo(403);
        assertThat(sql.queryForList(
                        "SELECT kind FROM trail WHERE what = ? ORDER BY id", String.class, "user " + userId))
                .containsSequence("ADMINISTRATOR_GRANTED", "ADMINISTRATOR_REVOKED");
    }

    @Test
    void theLastOneStays() {
        Visit owner = owner();
        String userId = String.valueOf(administrators.all().get(0).userId());
        Reply refused = owner.post("/console/administrators/revoke", "userId", userId);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("role=\"alert\"");
        assertThat(names()).containsExactly(OWNER);
        assertThat(owner.post("/console/administrators", "name", "nobody@shop.kr")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void oneOfTwoWhoRemoveEachOtherStays() {
        new Visit(port).signUp("third@shop.kr", PASSWORD);
        administrators.grant("third@shop.kr", Caller.UNRESTRICTED);
        List<Boolean> removed = administrators.all().stream()
                .map(one -> CompletableFuture.supplyAsync(() -> {
                    try {
                        administrators.revoke(one.userId(), Caller.UNRESTRICTED);
                        return true;
                    } catch (RefusedException refused) {
                        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.LAST_ADMINISTRATOR);
                        return false;
                    }
                }))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(removed).containsExactlyInAnyOrder(true, false);
        assertThat(names()).hasSize(1);
    }

    @Test
    void doingItTwiceChangesNothing() {
        new Visit(port).signUp("fourth@shop.kr", PASSWORD);
        Account fourth = administrators.grant("fourth@shop.kr", Caller.UNRESTRICTED);
        administrators.grant(fourth.userId(), Caller.UNRESTRICTED);
        Stream.of(1, 2).forEach(i -> administrators.revoke(fourth.userId(), Caller.UNRESTRICTED));
        assertThatThrownBy(() -> administrators.grant(1L, Caller.UNRESTRICTED)).isInstanceOf(RefusedException.class);
        assertThat(sql.queryForList(
                        "SELECT kind FROM trail WHERE what = ? ORDER BY id", String.class, "user " + fourth.userId()))
                .containsExactly("ADMINISTRATOR_GRANTED", "ADMINISTRATOR_REVOKED");
    }
}
