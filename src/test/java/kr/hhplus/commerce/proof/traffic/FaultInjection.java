package kr.hhplus.commerce.proof.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import org.awaitility.Awaitility;

/** Traffic that goes on while faults strike, and the reckoning afterwards. */
public final class FaultInjection {

    private static final int ACKNOWLEDGED_BETWEEN = 200;
    private static final Duration HEAL_WAIT_MAX = Duration.ofSeconds(60);
    private static final int USERS = 200;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Shop shop;
    private final Traffic traffic;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final List<Traffic.Sent> failures = new ArrayList<>();
    private long seed = Long.getLong("proof.seed", 2026);
    private Duration slowest = Duration.ZERO;

    public FaultInjection(Shop shop) {
        this.shop = shop;
        this.traffic = new Traffic(shop, USERS, PAUSE);
    }

    /** Strikes under load, and waits until buyers are served again: {@code ACKNOWLEDGED_BETWEEN} of their calls. */
    public void inject(Runnable fault) throws InterruptedException {
        traffic.start(shop.client(), seed++);
        awaitServed("before the fault");
        fault.run();
        long over = System.nanoTime();
        int before = traffic.acknowledged();
        Awaitility.await("the first success after the fault")
                .atMost(HEAL_WAIT_MAX)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> traffic.acknowledged() > before);
        Duration healed = Duration.ofNanos(System.nanoTime() - over);
        slowest = healed.compareTo(slowest) > 0 ? healed : slowest;
        awaitServed("after the fault");
        traffic.stop();
        List<Traffic.Sent> notes = traffic.takeNotes();
        notes.stream().filter(Traffic.Sent::unknown).forEach(failures::add);
        acknowledgements.settle(shop.client(), notes);
    }

    /** Waits until {@code ACKNOWLEDGED_BETWEEN} more calls have succeeded. */
    public void awaitServed(String when) {
        int wanted = traffic.acknowledged() + ACKNOWLEDGED_BETWEEN;
        Awaitility.await("buyers to be served " + when)
                .atMost(HEAL_WAIT_MAX)
                .until(() -> traffic.acknowledged() >= wanted);
    }

    /** Calls that got no answer, or one that leaves it open what became of them. */
    public List<Traffic.Sent> failures() {
        return failures;
    }

    /** Compares the state with what buyers were told, and notes the result. */
    public void verify(String what) {
        AcknowledgementCheck check = new AcknowledgementCheck(shop, traffic, acknowledgements);
        check.run();
        Results.note(what, check + "; selling again after at most %.1f s".formatted(slowest.toMillis() / 1000.0));
        acknowledgements.countAnew();
        failures.clear();
        slowest = Duration.ZERO;
    }
}
