package kr.hhplus.bench.scenario;

import kr.hhplus.bench.servers.HttpServer;

/** Gives the baseline's process what to answer without thinking: what the service has just answered. */
final class Prebuilt {

    private Prebuilt() {}

    static void put(HttpServer baseline, String name, String body) {
        baseline.http().put("/prebuilt/" + name, body);
    }
}
