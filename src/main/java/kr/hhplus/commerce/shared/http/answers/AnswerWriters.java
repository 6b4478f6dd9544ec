package kr.hhplus.commerce.shared.http.answers;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The threads that write answers, so that whoever commits goes on with the next batch at once. */
@Component
final class AnswerWriters implements Executor, DisposableBean {

    private static final int THREADS = 2;

    private final ThreadPoolExecutor threads;

    AnswerWriters() {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                // What waits here was accepted by a lane, whose queue is bounded.
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "answers-" + number.getAndIncrement()));
    }

    @Override
    public void execute(Runnable answer) {
        threads.execute(answer);
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
