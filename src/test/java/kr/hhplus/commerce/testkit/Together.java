package kr.hhplus.commerce.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends calls at the same instant: every sender waits at a barrier until the last one has come. */
public final class Together {

    private static final long WAIT_SECONDS_MAX = 60;
    private static final ExecutorService SENDERS = Executors.newCachedThreadPool(task -> {
        Thread sender = new Thread(task, "sender");
        sender.setDaemon(true);
        return sender;
    });

    private Together() {}

    /** How often a race is run; {@code -Dproof.rounds} says otherwise. */
    public static int rounds() {
        return Integer.getInteger("proof.rounds", 10);
    }

    /** The answers, in the order of the calls. */
    public static List<Reply> send(Client client, List<Call> calls) {
        CyclicBarrier barrier = new CyclicBarrier(calls.size());
        List<Future<Reply>> sent = new ArrayList<>();
        for (Call call : calls) {
            sent.add(SENDERS.submit(() -> {
                await(barrier);
                return client.send(call);
            }));
        }
        return sent.stream().map(Together::get).toList();
    }

    private static void await(CyclicBarrier barrier)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        barrier.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static Reply get(Future<Reply> sent) {
        try {
            return sent.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a call got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
