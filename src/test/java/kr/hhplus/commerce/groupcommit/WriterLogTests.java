package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.open;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import kr.hhplus.commerce.groupcommit.CommitException.Failed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What a writer logs about a command names the queue, the command and the request that submitted it. */
class WriterLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(CommandQueue.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        MDC.put("requestId", "r-4711");
    }

    @AfterEach
    void restore() {
        logger.detachAppender(lines);
        MDC.remove("requestId");
    }

    @Test
    void namesTheRequestOfACommandThatFailsInIsolation() {
        InMemoryStore.Faults poison = new InMemoryStore.Faults() {
            @Override
            public void onApply(List<Integer> commands) {
                throw new IllegalStateException("an invariant is broken");
            }
        };
        try (CommandQueue<Integer, Integer> queue = open(poison)) {
            assertThat(failureOf(queue.submit(7))).isInstanceOf(Failed.class);
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("queue test: command 1 failed in isolation");
            assertThat(line.getThreadName()).startsWith("commit-test-");
            assertThat(line.getMDCPropertyMap()).containsEntry("requestId", "r-4711");
        });
    }

    @Test
    void namesTheFirstRequestOfABatchWhoseCommitFails() {
        InMemoryStore.Faults lost = new InMemoryStore.Faults() {
            @Override
            public InMemoryStore.CommitFault onCommit() {
                return InMemoryStore.CommitFault.AFTER;
            }
        };
        try (CommandQueue<Integer, Integer> queue = open(lost)) {
            TestQueues.answerOf(queue.submit(7));
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("queue test: commit failed, looking up its outcome: command 1 (request r-4711)");
    }
}
