package kr.hhplus.bench.load;

import java.util.List;

/**
 * What all threads of a load saw together.
 *
 * @param seconds as long as the window really was
 * @param okPerSecond successes in each second of it
 */
public record LoadResult(double seconds, List<Recorder.Tally> kinds, long[] okPerSecond) {

    /** All kinds as one. */
    public Recorder.Tally all() {
        Recorder.Tally all = new Recorder.Tally();
        kinds.forEach(all::add);
        return all;
    }
}
