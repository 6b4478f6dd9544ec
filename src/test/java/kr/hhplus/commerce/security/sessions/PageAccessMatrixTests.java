package kr.hhplus.commerce.security.sessions;

import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.OWNER;
import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.security.sessions.PageRow.Need;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every page, asked for by everybody who may not: nobody, another user, somebody whose session is over, and by a form
 * that is not ours. Nothing changes, and nothing of somebody else shows. A page without a row fails the build.
 */
@PagesWithAccounts
class PageAccessMatrixTests {

    private static final Logger log = LoggerFactory.getLogger(PageAccessMatrixTests.class);
    private static final Set<String> NOT_FOR_PEOPLE = Set.of("ANY " + PageRefusals.PAGE);
    private static final List<String> BOOKS = List.of(
            "wallet",
            "ledger_entry",
            "orders",
            "coupon",
            "product",
            "stock_movement",
            "campaign",
            "order_event",
            "sale",
            "idempotency_key",
            "account",
            "user_number",
            "feed_replay");

    @LocalServerPort
    private int port;

    @Autowired
    private List<RequestMappingHandlerMapping> mappings;

    @Autowired
    private JdbcTemplate sql;

    private final Map<String, PageRow> rows = PageRow.all();
    private final List<String> leaks = new ArrayList<>();
    private final Map<String, Visit> sessions = new HashMap<>();
    private PageRow.Person victim;
    private PageRow.Person other;
    private int cells;

    @Test
    void showsNobodyWhatIsSomebodyElses() {
        assertThat(rows.keySet())
                .as("rows of this matrix; a new page needs one")
                .isEqualTo(pages());
        victim = person("victim@shop.kr");
        other = person("other@shop.kr");
        for (PageRow row : rows.values()) {
            asNobody(row);
            withoutTheSecret(row);
            asTheWrongOne(row);
            asTheRightOne(row);
        }
        log.info("page matrix: {} pages, {} cells, {} leaks", rows.size(), cells, leaks.size());
        assertThat(leaks).as("of %d cells", cells).isEmpty();
        assertThat(cells).isGreaterThan(3 * rows.size());
    }

    private Set<String> pages() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(page ->
                        AnnotatedElementUtils.hasAnnotation(page.getValue().getBeanType(), HtmlPage.class))
                .flatMap(page -> names(page.getKey()))
                .filter(name -> !NOT_FOR_PEOPLE.contains(name))
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(RequestMappingInfo info) {
        List<String> methods =
                info.getMethodsCondition().getMethods().stream().map(Enum::name).toList();
        return info.getPatternValues().stream().flatMap(path -> (methods.isEmpty() ? List.of("ANY") : methods)
                .stream().map(method -> method + " " + path));
    }

    private PageRow.Person person(String name) {
        Visit visit = new Visit(port).signUp(name, PASSWORD);
        String secret = SessionChainsConfiguration.CSRF_HEADER + ": " + visit.secret();
        visit.call("/balance/charge", "{'amount':5000000}", secret);
        String order = visit.call("/orders", "{'items':[{'productId':1,'quantity':1}]}", secret)
                .json()
                .path("orderId")
                .asText();
        String coupon = visit.call("/coupons/issue", "{'campaignId':1}", secret)
                .json()
                .path("couponId")
                .asText();
        assertThat(order).isNotEmpty();
        assertThat(coupon).isNotEmpty();
        String topUp = visit.call("/top-ups", "{'amount':1000}", secret)
                .json()
                .path("topUpId")
                .asText();
        assertThat(topUp).isNotEmpty();
        String reservation = visit.call("/reservations", "{'items':[{'productId':1,'quantity':1}]}", secret)
                .json()
                .path("reservationId")
                .asText();
        assertThat(reservation).isNotEmpty();
        return new PageRow.Person(name, order, coupon, topUp, reservation);
    }

    private Visit signedIn(PageRow row, PageRow.Person person) {
        return signedIn(row.need() == Need.ADMIN ? OWNER : person.name());
    }

    /** In a browser of its own; a sign-in costs a password's hash, and one serves until somebody sends a form. */
    private Visit signedIn(String name) {
        return sessions.computeIfAbsent(name, each -> new Visit(port).signIn(each, PASSWORD))
                .at(port);
    }

    private void asNobody(PageRow row) {
        Visit nobody = new Visit(port);
        nobody.get("/sign-in");
        Visit over = new Visit(port).having("session", "12345678-1234-1234-1234-123456789012.over");
        over.get("/sign-in");
        if (row.need() != Need.NOTHING) {
            refused(row, "nobody", nobody, victim, 303);
            refused(row, "a session that is over", over, victim, 303);
        }
    }

    private void withoutTheSecret(PageRow row) {
        if (row.isForm()) {
            refused(row, "no secret", signedIn(row, victim).withSecret(""), victim, 403);
            refused(row, "another's secret", signedIn(row, victim).withSecret(otherSecret()), victim, 403);
        }
    }

    private String otherSecret() {
        return signedIn(other.name()).secret();
    }

    private void asTheWrongOne(PageRow row) {
        Visit user = signedIn(other.name());
        if (row.need() == Need.ADMIN) {
            refused(row, "a user", user, victim, 403);
        } else if (row.names("order")) {
            refused(row, "another's order", user, victim, 404);
        } else if (row.names("top-up")) {
            refused(row, "another's top-up", user, victim, 404);
        } else if (row.names("reservation")) {
            refused(row, "another's reservation", user, victim, 404);
        } else if (row.names("coupon") && row.isForm()) {
            refused(row, "another's coupon", user, victim, 404);
        } else if (row.names("coupon")) {
            showsNothing(row, "another's coupon", send(row, user, victim));
        }
    }

    private void asTheRightOne(PageRow row) {
        if (row.answers().isEmpty()) {
            return;
        }
        Reply reply = send(row, signedIn(row, victim), victim);
        if (row.isForm()) {
            // It may have been the one that ends sessions.
            sessions.clear();
        }
        String location = reply.headers().getOrDefault("Location", "");
        cell(row, "the right one", reply, row.answers());
        if (location.startsWith("/sign-in?") || location.contains("//")) {
            leaks.add(row.key() + ", the right one: sent to " + location);
        }
        boolean ofOne = row.names("order") || row.names("top-up") || row.names("reservation");
        if (row.need() == Need.USER && !row.isForm() && !ofOne) {
            showsNothing(row, "another's page", send(row, signedIn(row, other), other.withCouponOf(victim)));
        }
    }

    private void refused(PageRow row, String column, Visit visit, PageRow.Person asked, int status) {
        String before = books();
        Reply reply = send(row, visit, asked);
        cell(row, column, reply, Set.of(status));
        if (status == 303 && !reply.headers().getOrDefault("Location", "").startsWith("/sign-in")) {
            leaks.add(row.key() + ", " + column + ": sent to " + reply.headers().get("Location"));
        }
        showsNothing(row, column, reply);
        if (!books().equals(before)) {
            leaks.add(row.key() + ", " + column + ": the books have changed");
        }
    }

    private void cell(PageRow row, String column, Reply reply, Set<Integer> statuses) {
        cells++;
        String type = reply.headers().getOrDefault("Content-Type", "text/html");
        if (!statuses.contains(reply.status()) || !type.startsWith("text/html")) {
            leaks.add(row.key() + ", " + column + ": " + reply.status() + " " + type + " " + reply.body());
        }
    }

    /** Nothing of the victim's, but for what the request itself named. */
    private void showsNothing(PageRow row, String column, Reply reply) {
        cells++;
        Stream.of(victim.order(), victim.coupon(), victim.name())
                .filter(secret -> !row.of(victim).toString().contains(secret))
                .filter(reply.body()::contains)
                .forEach(secret -> leaks.add(row.key() + ", " + column + ": shows " + secret + " in " + reply.body()));
    }

    private Reply send(PageRow row, Visit visit, PageRow.Person person) {
        PageRow.Filled filled = row.of(person);
        return row.isForm() ? visit.post(filled.target(), filled.form()) : visit.get(filled.target());
    }

    private String books() {
        return BOOKS.stream()
                .map(table -> table
                        + sql.queryForList("SELECT * FROM " + table).stream()
                                .map(line -> line.values().stream()
                                        .map(value -> value instanceof byte[] bytes
                                                ? java.util.HexFormat.of().formatHex(bytes)
                                                : String.valueOf(value))
                                        .toList()
                                        .toString())
                                .sorted()
                                .toList())
                .collect(Collectors.joining("\n"));
    }
}
