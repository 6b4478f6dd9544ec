package kr.hhplus.commerce.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.proof.traffic.Traffic.Sent;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Reply;

/**
 * What a shop owes after a fault: everything it acknowledged, word for word, and one clear answer to every call whose
 * fate was left unknown. Settles the unknown ones by repeating them with their keys.
 */
public final class Acknowledgements {

    private static final int REPEATED_MAX = 200;
    private static final int ATTEMPTS_MAX = 20;

    private final List<Sent> acknowledged = new ArrayList<>();
    private int calls;
    private int told;
    private int refused;
    private int unknown;
    private int happened;
    private int repeated;

    /** Everything that is known to have happened by now. */
    List<Sent> acknowledged() {
        return acknowledged;
    }

    /**
     * Settles what was noted before a fault with the shop that came back.
     *
     * @return how many were unknown
     */
    public int settle(Client client, List<Sent> notes) {
        int before = unknown;
        calls += notes.size();
        List<Sent> heard = notes.stream().filter(Sent::acknowledged).toList();
        heard.subList(Math.max(0, heard.size() - REPEATED_MAX), heard.size()).forEach(sent -> mustReplay(client, sent));
        acknowledged.addAll(heard);
        told += heard.size();
        for (Sent sent : notes) {
            if (sent.unknown()) {
                settle(client, sent);
            } else if (!sent.acknowledged()) {
                refused++;
            }
        }
        return unknown - before;
    }

    private void settle(Client client, Sent sent) {
        unknown++;
        Reply reply = client.send(sent.call());
        for (int i = 1; i < ATTEMPTS_MAX && reply.status() == 503; i++) {
            reply = client.send(sent.call());
        }
        if (reply.done()) {
            happened += reply.replayed() ? 1 : 0;
            Sent settled = new Sent(sent.call(), reply);
            mustReplay(client, settled);
            acknowledged.add(settled);
            told++;
        } else {
            assertThat(reply.refused())
                    .as("%s, unknown before, was answered with %s", sent.call(), reply)
                    .isTrue();
        }
    }

    private void mustReplay(Client client, Sent sent) {
        repeated++;
        Reply again = client.send(sent.call());
        // A release has no key: its repetition finds what it has done.
        assertThat(again.replayed())
                .as("%s is answered from its first answer: %s", sent.call(), again)
                .isEqualTo(!sent.call().method().equals("DELETE"));
        assertThat(again.status()).isEqualTo(sent.reply().status());
        assertThat(again.json()).isEqualTo(sent.reply().json());
    }

    /** How many of the unknown ones had happened before they were repeated. */
    public int happenedUnheard() {
        return happened;
    }

    /** The acknowledged answers to calls whose path ends so. */
    List<JsonNode> answersTo(String pathEnd) {
        return acknowledged.stream()
                .filter(sent -> sent.call().path().endsWith(pathEnd))
                .map(sent -> sent.reply().json())
                .toList();
    }

    /** The acknowledged answers to calls of one method to paths that begin so. */
    List<JsonNode> answersTo(String method, String pathBegin) {
        return acknowledged.stream()
                .filter(sent -> sent.call().method().equals(method)
                        && sent.call().path().startsWith(pathBegin))
                .map(sent -> sent.reply().json())
                .toList();
    }

    /** The reservations that acknowledged orders have paid. */
    List<String> paidReservations() {
        return acknowledged.stream()
                .map(sent -> sent.call().body())
                .filter(body -> body instanceof Map<?, ?> fields && fields.containsKey("reservationId"))
                .map(body -> (String) ((Map<?, ?>) body).get("reservationId"))
                .toList();
    }

    /** What {@link #toString} tells begins at 0 again; what is owed stays owed. */
    void countAnew() {
        calls = 0;
        told = 0;
        refused = 0;
        unknown = 0;
        happened = 0;
        repeated = 0;
    }

    @Override
    public String toString() {
        String sum = "%,d calls, %,d acknowledged and found, %,d refused, "
                + "%,d unknown and settled (%,d had happened), %,d repeated";
        return sum.formatted(calls, told, refused, unknown, happened, repeated);
    }
}
