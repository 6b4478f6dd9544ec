package kr.hhplus.bench.scenario;

import kr.hhplus.bench.servers.HttpServer;

/** Passes the service's responses to the baseline's process as prebuilt ones. */
final class Prebuilt {

    private Prebuilt() {}

    static void put(HttpServer baseline, String name, String body) {
        baseline.http().put("/prebuilt/" + name, body);
    }
}
