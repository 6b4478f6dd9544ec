package kr.hhplus.bench.scenario;

import java.util.List;
import java.util.function.Supplier;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.HttpServer;

/** A contender: a server and the requests sent to it. */
record Contender(String name, HttpServer server, Supplier<LoadPlan> plan, Counted counted) {

    static Contender sending(String name, HttpServer server, List<Shot> shots, Counted counted) {
        Shots around = Shots.around(shots);
        return new Contender(name, server, () -> new LoadPlan(around, 1), counted);
    }
}
