package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.charge;
import static kr.hhplus.commerce.testkit.Call.issue;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Instance;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.ShopState;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.WallClock;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances whose machines' clocks are five minutes wrong, and then jump by two days: what one of them believes decides
 * nothing about the data of all.
 */
@ExtendWith(RealServers.class)
class WrongClockFaults {

    private static final int TIMES = Integer.getInteger("proof.faults", 1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration TWO_DAYS = Duration.ofHours(49);
    private static final int KEYS = 40;
    private static final String PASSWORD = "Purple-Kettle-42";

    /** What instances may differ by: measurements that are less certain than 0.1 s are discarded. */
    private static final Duration TOLERANCE = Duration.ofMillis(300);

    /** Between two rounds of calls, which are to go on for a while and not to take the processors. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final String PURGE = "--commerce.idempotency.purge-interval=1s";
    private static final Duration SOME_PURGES = Duration.ofMillis(2_500);

    @TempDir
    private Path data;

    /** One call to one instance, by the clock of this test, which is the database's. */
    private record Asked(Instant before, Instant after, Reply reply) {

        private boolean entirelyWithin(Instant from, Instant to) {
            return !before.isBefore(from) && !after.isAfter(to);
        }
    }

    private WallClock clock(String name, Duration wrongBy) {
        return new WallClock(data.resolve(name), wrongBy);
    }

    private static Asked ask(Instance instance, Call call) {
        Instant before = Instant.now();
        Reply reply = instance.client().send(call);
        return new Asked(before, Instant.now(), reply);
    }

    @Test
    void openAndCloseACampaignAtTheSameInstantAndKeepEveryKey(MySqlServer mySql) {
        List<WallClock> clocks = List.of(
                clock("ahead", FIVE_MINUTES), clock("right", Duration.ZERO), clock("behind", FIVE_MINUTES.negated()));
        try (Shop shop = Shop.openOn(
                mySql,
                clocks,
                data,
                PURGE,
                "--spring.datasource.hikari.initialization-fail-timeout=60000",
                "--spring.datasource.hikari.connection-timeout=10000",
                "--commerce.database.connect-timeout=9s",
                "--commerce.rate-limit.enabled=false",
                "--commerce.accounts.enabled=true",
                "--commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu",
                "--commerce.accounts.first-admin.name=owner",
                "--commerce.accounts.first-admin.password=" + PASSWORD)) {
            showTokensOfOthers(shop);
            for (int time = 1; time <= TIMES; time++) {
                aCampaignOpensAndCloses(shop);
            }
            Map<Call, Reply> first = keyedCalls(shop, KEYS * TIMES);
            long repeated = 0;
            for (int time = 1; time <= TIMES; time++) {
                clocks.get(0).show(TWO_DAYS);
                clocks.get(2).show(TWO_DAYS.negated());
                repeated += repeatDuringSomePurges(shop.client(), first);
                showTokensOfOthers(shop);
                aCampaignOpensAndCloses(shop);
                clocks.get(0).show(Duration.ZERO);
                clocks.get(2).show(Duration.ZERO);
                repeated += repeatDuringSomePurges(shop.client(), first);
            }
            ShopState.of(shop).reconcile();
            Results.note(
                    "three instances with clocks at +5 min, 0, -5 min, then +2 days, 0, -2 days, on MySQL",
                    "%d times, campaigns opened and closed at one instant, %d keys, %,d repeats, 0 done again"
                            .formatted(TIMES, first.size(), repeated));
        }
    }

    @Test
    void loseNoKeyOfAnEmbeddedShop() {
        WallClock clock = clock("embedded", Duration.ZERO);
        try (Shop shop = Shop.open(data.resolve("shop"), clock, PURGE)) {
            Map<Call, Reply> first = keyedCalls(shop, KEYS);
            long repeated = 0;
            for (int time = 1; time <= TIMES; time++) {
                clock.show(TWO_DAYS);
                Awaitility.await("the installation's clock to step")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> installationTime(shop.client())
                                .isAfter(Instant.now().plus(TWO_DAYS.dividedBy(2))));
                repeated += repeatDuringSomePurges(shop.client(), first);
                clock.show(Duration.ZERO);
                repeated += repeatDuringSomePurges(shop.client(), first);
                assertThat(installationTime(shop.client()))
                        .as("time does not go back with the wall clock")
                        .isAfter(Instant.now().plus(TWO_DAYS.dividedBy(2)));
            }
            ShopState.of(shop).reconcile();
            Results.note(
                    "an embedded shop's clock jumps two days ahead and back",
                    "%d times, %d keys, %,d repeats, 0 done again".formatted(TIMES, first.size(), repeated));
        }
    }

    /** A wrong password and then a right one at each, and each one's token for the next. */
    private static void showTokensOfOthers(Shop shop) {
        String token = null;
        for (Instance instance : shop.instances()) {
            Visit visit = new Visit(instance.base().getPort());
            visit.get("/sign-in");
            Reply wrong = visit.post("/sign-in", "name", "owner", "password", "wrong");
            assertThat(wrong.status()).as(wrong.toString()).isEqualTo(401);
            String own = visit.signIn("owner", PASSWORD).token();
            String shown = token == null ? own : token;
            instance.client().showing(call -> shown);
            instance.client().must(Call.get("/admin/sale"));
            token = own;
        }
        String last = token;
        shop.instances().forEach(instance -> instance.client().showing(call -> last));
        shop.client().showing(call -> last);
    }

    private static void aCampaignOpensAndCloses(Shop shop) {
        Given given = Given.in(shop);
        long another = given.aCampaign(1_000, 1_000_000);
        // A JVM's first call of a kind takes longer than the campaign is open.
        shop.instances().forEach(instance -> instance.client().must(issue(given.aUser(), another)));
        Instant opens = Instant.now().plusMillis(1_000);
        Instant closes = opens.plusMillis(2_000);
        long campaign = shop.client()
                .must(Call.createCampaign("One clock", 1_000, 1_000_000, opens, closes))
                .number("campaignId");
        List<Asked> issued = new ArrayList<>();
        Set<Instance> open = new HashSet<>();
        while (Instant.now().isBefore(closes.plus(TOLERANCE))) {
            for (Instance instance : shop.instances()) {
                Asked asked = ask(instance, issue(given.aUser(), campaign));
                assertAnsweredByOneClock(asked, opens, closes);
                if (asked.reply().done()) {
                    issued.add(asked);
                    open.add(instance);
                }
            }
            pause();
        }
        assertThat(open).as("instances on which it was open").hasSameSizeAs(shop.instances());
        for (Instance instance : shop.instances()) {
            assertAnsweredByOneClock(ask(instance, issue(given.aUser(), campaign)), opens, closes);
        }
        assertIdsRise(issued);
    }

    private static void assertAnsweredByOneClock(Asked asked, Instant opens, Instant closes) {
        if (asked.entirelyWithin(opens.plus(TOLERANCE), closes.minus(TOLERANCE))) {
            assertThat(asked.reply().status()).as("while it is open: %s", asked).isEqualTo(201);
        } else if (asked.after().isBefore(opens.minus(TOLERANCE))
                || asked.before().isAfter(closes.plus(TOLERANCE))) {
            assertThat(asked.reply().is("CAMPAIGN_NOT_OPEN"))
                    .as("while it is closed: %s", asked)
                    .isTrue();
        }
    }

    /** Ids that were given out one after the other, by different instances. */
    private static void assertIdsRise(List<Asked> issued) {
        for (int i = 0; i < issued.size(); i++) {
            for (int j = i + 1; j < issued.size(); j++) {
                if (issued.get(i).after().plus(TOLERANCE).isBefore(issued.get(j).before())) {
                    assertThat(issued.get(i).reply().text("couponId"))
                            .isLessThan(issued.get(j).reply().text("couponId"));
                }
            }
        }
    }

    private static Map<Call, Reply> keyedCalls(Shop shop, int count) {
        Given given = Given.in(shop);
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(1_000_000);
        Map<Call, Reply> first = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Call call = i % 2 == 0 ? charge(user, 1_000 + i) : order(user, line(product, 1));
            Call keyed = call.withKey("wrong-clock-" + i);
            first.put(keyed, shop.client().must(keyed));
        }
        return first;
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** @return how often */
    private static long repeatDuringSomePurges(Client client, Map<Call, Reply> first) {
        long repeated = 0;
        Instant end = Instant.now().plus(SOME_PURGES);
        do {
            for (Map.Entry<Call, Reply> each : first.entrySet()) {
                Reply again = client.must(each.getKey());
                assertThat(again.replayed()).as("%s: %s", each.getKey(), again).isTrue();
                assertThat(again.json()).isEqualTo(each.getValue().json());
                repeated++;
            }
            pause();
        } while (Instant.now().isBefore(end));
        return repeated;
    }

    private static Instant installationTime(Client client) {
        return Instant.parse(client.must(Call.get("/admin/audit")).text("checkedAt"));
    }
}
