package kr.hhplus.bench.load;

import java.util.List;

/**
 * The merged measurements of all threads of a load.
 *
 * @param seconds the actual length of the window
 * @param okPerSecond successes in each second of it
 */
public record LoadResult(double seconds, List<Recorder.Tally> kinds, long[] okPerSecond) {

    /** All kinds together. */
    public Recorder.Tally all() {
        Recorder.Tally all = new Recorder.Tally();
        kinds.forEach(all::add);
        return all;
    }
}
