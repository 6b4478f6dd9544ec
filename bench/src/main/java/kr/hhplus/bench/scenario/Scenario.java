package kr.hhplus.bench.scenario;

import java.util.Map;

/** A measured load. */
public interface Scenario {

    /** By its name on the command line. */
    Map<String, Scenario> ALL = Map.ofEntries(
            Map.entry("hot", Orders.onOneProduct()),
            Map.entry("spread", Orders.spread()),
            Map.entry("charge", new Charges()),
            Map.entry("reads", new Reads()),
            Map.entry("rush", new Rush()),
            Map.entry("live", new LivePages()),
            Map.entry("strangers", new Strangers()),
            Map.entry("sale", new WholeSale()),
            Map.entry("growth", new Growth()),
            Map.entry("overload", new Overload()),
            Map.entry("flood", new Flood()),
            Map.entry("guarded", new Guarded()),
            Map.entry("limits", new Limits()),
            Map.entry("locked", new Locked()),
            Map.entry("versions", new Versions()));

    void play(Stage stage);
}
