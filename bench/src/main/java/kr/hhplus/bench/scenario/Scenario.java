package kr.hhplus.bench.scenario;

import java.util.Map;

/** Something that happens to a shop, measured. */
public interface Scenario {

    /** By the name that the command line knows. */
    Map<String, Scenario> ALL = Map.of(
            "hot", Orders.onOneProduct(),
            "spread", Orders.spread(),
            "charge", new Charges(),
            "reads", new Reads(),
            "rush", new Rush(),
            "live", new LivePages(),
            "sale", new WholeSale(),
            "growth", new Growth(),
            "overload", new Overload(),
            "limits", new Limits());

    void play(Stage stage);
}
