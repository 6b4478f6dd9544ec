package kr.hhplus.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kr.hhplus.bench.Options;
import kr.hhplus.bench.load.Load;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.LoadResult;
import kr.hhplus.bench.report.Results;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.servers.Credentials;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.Databases;
import kr.hhplus.bench.servers.HttpServer;

/** Runs scenarios: starts servers on copies of the prepared database, measures and reconciles. */
public final class Stage {

    private final Options options;
    private final Databases databases;
    private final Results results;
    private Database prepared;
    private Shop shop;

    public Stage(Options options, Databases databases, Results results) {
        this.options = options;
        this.databases = databases;
        this.results = results;
    }

    Options options() {
        return options;
    }

    Databases databases() {
        return databases;
    }

    Results results() {
        return results;
    }

    Shop shop() {
        return shop;
    }

    /** Creates the data once, through the service, so that the service itself writes all tables. */
    public void prepare() {
        prepared = databases.create("shop");
        try (HttpServer service = service(prepared, "prepare")) {
            shop = new Opening(options, service).open();
            audit(service);
        }
    }

    Database copy(String name) {
        return databases.copy(prepared, name);
    }

    HttpServer service(Database database, String log) {
        return HttpServer.service(options.path("jar"), javaOptions("service-options"), database, log(log));
    }

    HttpServer other(Database database, String log) {
        Path jar = options.path(options.text("other-jar").isEmpty() ? "jar" : "other-jar");
        return HttpServer.service(jar, javaOptions("other-options"), database, log(log));
    }

    /** The options of every server, and further ones. */
    private List<String> javaOptions(String further) {
        List<String> all = new ArrayList<>(options.words("java-options"));
        all.addAll(options.words(further));
        return all;
    }

    HttpServer service(Database database, String log, Credentials credentials, List<String> settings) {
        return HttpServer.service(
                options.path("jar"), javaOptions("service-options"), database, log(log), credentials, settings);
    }

    HttpServer baseline(Database database, String log) {
        return HttpServer.baseline(options.words("java-options"), database, log(log));
    }

    /** Whether that contender was requested. */
    boolean isWanted(String contender) {
        List<String> wanted = options.list("contenders");
        return wanted.contains("all") || wanted.contains(contender);
    }

    Path log(String name) {
        return options.path("work").resolve(name + ".log");
    }

    /** @throws BrokenBooks if an invariant is violated */
    static void audit(HttpServer service) {
        JsonNode report = service.http().get("/admin/audit");
        if (!report.path("ok").asBoolean()) {
            throw new BrokenBooks(report.toString());
        }
    }

    /** Starts the service on a database that another program has written, and reconciles it. */
    void auditAfterwards(Database database, String log) {
        try (HttpServer service = service(database, log)) {
            audit(service);
        }
    }

    void warmUp(Contender contender, int connections) {
        Duration time = options.seconds("warm-up");
        say("  warming up %s for %d s", contender.name(), time.toSeconds());
        load(contender).closed(contender.plan().get(), connections, Duration.ZERO, time);
    }

    private Load load(Contender contender) {
        return new Load(contender.server().port(), options.number("driver-threads"));
    }

    /** One run and the CPU time of the processes. */
    Outcome measure(Contender contender, Pace pace) {
        return measure(contender, pace, contender.plan().get());
    }

    Outcome measure(Contender contender, Pace pace, LoadPlan plan) {
        Metering metering = new Metering(contender.server().pid(), databases.pid());
        LoadResult result = pace.drive(load(contender).reading(metering::start, metering::end), plan);
        return new Outcome(contender, pace, result, metering.meters());
    }

    /** The result of one load. */
    record Outcome(Contender contender, Pace pace, LoadResult result, Run.Meters meters) {

        Run run(String scenario, int round) {
            return Run.of(
                    scenario, contender.name(), round, pace.text(), contender.counted(), result.all(), result, meters);
        }

        /** The refusals with Retry-After. */
        Run refusals(String scenario, int round) {
            return Run.of(
                    scenario,
                    contender.name(),
                    round,
                    pace.text(),
                    Run.Counted.OVERLOADED,
                    result.all(),
                    result,
                    Run.Meters.NONE);
        }

        /** One kind of request; its CPU time cannot be separated from the others'. */
        Run ofKind(String scenario, int round, int kind) {
            return Run.of(
                    scenario,
                    contender.name(),
                    round,
                    pace.text(),
                    contender.counted(),
                    result.kinds().get(kind),
                    result,
                    Run.Meters.NONE);
        }
    }

    void record(Run run) {
        results.add(run);
        say(
                "  %s, %s, run %d: %,.0f/s, p50 %.1f ms, p99 %.1f ms, CPU %.0f + %.0f us, driver %.0f us (%d failed, %d unanswered)",
                run.scenario(),
                run.contender(),
                run.round(),
                run.perSecond(),
                run.p50Millis(),
                run.p99Millis(),
                run.cpu().server(),
                run.cpu().database(),
                run.cpu().driver(),
                run.failed(),
                run.unanswered());
    }

    static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    /** Excludes runs whose reconciliation fails, and returns whether it succeeded. */
    boolean auditOrDiscard(List<Run> runs, Runnable audit) {
        try {
            audit.run();
            results.vouchFor(runs);
            return true;
        } catch (BrokenBooks broken) {
            say("  RECONCILIATION FAILED: %s", broken.getMessage());
            results.discard(runs, broken.getMessage());
            return false;
        }
    }

    /** A reconciliation that found violations. */
    static final class BrokenBooks extends RuntimeException {

        BrokenBooks(String report) {
            super(report);
        }
    }
}
