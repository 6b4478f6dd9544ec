package kr.hhplus.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTests {

    private final Results results = new Results();

    private Run add(String contender, int round, long count) {
        Run.Meters meters = new Run.Meters(count * 100, count * 50, count * 10, 1, 0.5, 300);
        Run run = Run.withoutHttp("hot", contender, round, 1, count, meters);
        results.add(run);
        return run;
    }

    private Row row(String contender) {
        return results.rows().stream()
                .filter(row -> row.contender().equals(contender))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsTheMedianAndTheSpread() {
        add("service", 1, 5_000);
        add("service", 2, 9_000);
        add("service", 3, 7_000);
        assertThat(row("service").perSecond()).isEqualTo(7_000);
        assertThat(row("service").lowest()).isEqualTo(5_000);
        assertThat(row("service").highest()).isEqualTo(9_000);
        assertThat(row("service").cpu().server()).isEqualTo(100);
    }

    @Test
    void comparesRunsOfTheSameRoundOnly() {
        // The machine was slow in the second round, for both.
        add("service", 1, 10_000);
        add("baseline", 1, 1_000);
        add("service", 2, 2_000);
        add("baseline", 2, 200);
        add("service", 3, 12_000);
        add("baseline", 3, 1_000);
        assertThat(row("service").timesReference()).isCloseTo(10, within(1e-9));
        assertThat(row("baseline").timesReference()).isNaN();
    }

    @Test
    void brokenBooksHaveNoNumber() {
        Run broken = add("service", 1, 50_000);
        add("baseline", 1, 1_000);
        results.discard(List.of(broken), "money came from nowhere");
        assertThat(results.rows()).extracting(Row::contender).containsExactly("baseline");
        assertThat(results.notes()).singleElement().asString().contains("NO NUMBER", "money came from nowhere");
    }

    @Test
    void booksThatNobodyAuditedHaveNoNumber() {
        Run sound = add("service", 1, 5_000);
        add("baseline", 1, 1_000);
        results.vouchFor(List.of(sound));
        results.discardUnaudited();
        assertThat(results.rows()).extracting(Row::contender).containsExactly("service");
        assertThat(results.notes()).singleElement().asString().contains("NO NUMBER", "baseline", "not audited");
    }

    private void addRound(int round, long orders, int slowness) {
        add("service", round, orders);
        long answers = 10_000;
        results.add(Run.withoutHttp(
                "hot", "prebuilt", round, 1, answers, micros(answers, 100 * slowness, 0, 10 * slowness)));
        results.add(Run.withoutHttp(
                "hot", "batches of 256", round, 1, answers, micros(answers, 80 * slowness, 60 * slowness, 0)));
    }

    private static Run.Meters micros(long answers, int server, int database, int driver) {
        return new Run.Meters(answers * server, answers * database, answers * driver, 1, -1, -1);
    }

    @Test
    void showsTheArithmeticOfTheLimit() {
        addRound(1, 5_000, 1);
        // 80 + 60 of the batches, 100 of the prebuilt answer, 10 of the driver.
        double limit = Runtime.getRuntime().availableProcessors() * 1e6 / 250;
        assertThat(new Arithmetic(results.runs()).lines())
                .singleElement()
                .asString()
                .contains("/ 250 µs", String.format("reaches %.0f %%", 100 * 5_000 / limit));
    }

    @Test
    void reckonsTheLimitOfEachRoundByItself() {
        // In the second round the machine was half as fast, for all of them.
        addRound(1, 6_000, 1);
        addRound(2, 3_000, 2);
        addRound(3, 3_000, 1);
        double limit = Runtime.getRuntime().availableProcessors() * 1e6 / 250;
        assertThat(new Arithmetic(results.runs()).lines())
                .singleElement()
                .asString()
                .contains(
                        String.format(
                                "reaches %.0f %% (%.0f–%.0f %%)",
                                100 * 6_000 / limit, 100 * 3_000 / limit, 100 * 6_000 / limit),
                        "Medians of 3 rounds");
    }

    @Test
    void saysNothingOfALimitThatWasNotMeasured() {
        addRound(1, 6_000, 1);
        assertThat(new Arithmetic(results.runs().stream()
                                .filter(run -> !run.contender().startsWith("batches"))
                                .toList())
                        .lines())
                .isEmpty();
    }

    @Test
    void writesFiguresTableAndPictures(@TempDir Path folder) throws IOException {
        add("service", 1, 5_000);
        add("baseline", 1, 1_000);
        new ResultsFolder(folder, Map.of("database", "none")).write(results);
        assertThat(Files.readString(folder.resolve("results.md"))).contains("**5,000**", "5.00", "database: none");
        assertThat(Files.readString(folder.resolve("results.json"))).contains("\"perSecond\" : 5000.0");
        assertThat(Files.readString(folder.resolve("throughput.svg"))).contains("5,000 (5,000–5,000)");
        assertThat(folder.resolve("cpu.svg")).exists();
    }
}
