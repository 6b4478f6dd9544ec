package kr.hhplus.commerce.web.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's connector with a deadline for the whole head of a request. Tomcat's own time-out begins anew with each
 * byte, so a client that sends one now and then keeps its connection for hours.
 */
public final class PunctualProtocol extends Http11NioProtocol {

    private static final long NOT_BEGUN = -1;

    /** For head and body of most requests; longer ones are read in as many steps more. */
    private static final int READ_BYTES = 2 * 1024;

    /** For head and body of most answers, in one step. */
    private static final int WRITE_BYTES = 4 * 1024;

    /** Of an answer's body. Who writes more than an order or a refusal asks for more. */
    private static final int ANSWER_BYTES = 2 * 1024;

    private volatile long headDeadlineNanos = Long.MAX_VALUE;
    private ScheduledFuture<?> sweep;

    /** Public and without arguments, because Tomcat makes it by its name. */
    public PunctualProtocol() {
        super(new Endpoint());
        getEndpoint().getSocketProperties().setAppReadBufSize(READ_BYTES);
        getEndpoint().getSocketProperties().setAppWriteBufSize(WRITE_BYTES);
    }

    /** Tomcat's own 8 KB, in bytes and once more in characters, would be the largest part of a waiting request. */
    @Override
    public int getDesiredBufferSize() {
        return ANSWER_BYTES;
    }

    void setHeadDeadline(Duration deadline) {
        headDeadlineNanos = deadline.toNanos();
    }

    /** @param count how many threads take requests and answers as long as those come along; more where they block */
    void setBusyThreads(int count) {
        ((Endpoint) getEndpoint()).busyThreads = count;
    }

    @Override
    public void start() throws Exception {
        super.start();
        sweep = getUtilityExecutor().scheduleWithFixedDelay(this::endLateHeads, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (sweep != null) {
            sweep.cancel(false);
        }
        super.stop();
    }

    @Override
    protected Processor createProcessor() {
        return new Http11Processor(this, getAdapter()) {
            /** Blank lines before a request begin it too: else they would hold a connection without a deadline. */
            @Override
            public SocketState service(SocketWrapperBase<?> socket) throws IOException {
                SocketState state = super.service(socket);
                boolean begun = getRequest().getStartTimeNanos() != NOT_BEGUN;
                return state == SocketState.OPEN && begun ? SocketState.LONG : state;
            }

            @Override
            protected void processSocketEvent(SocketEvent event, boolean dispatch) {
                SocketWrapperBase<?> socket = getSocketWrapper();
                boolean here = dispatch
                        && socket != null
                        && ContainerThreads.takesOn(() -> socket.processSocket(event, false));
                if (!here) {
                    super.processSocketEvent(event, dispatch);
                }
            }
        };
    }

    /** Tomcat's own pool with {@link FewThreads} in front of it. */
    private static final class Endpoint extends NioEndpoint {

        private volatile int busyThreads = 1;
        private volatile FewThreads few;

        @Override
        public Executor getExecutor() {
            FewThreads threads = few;
            return threads == null ? super.getExecutor() : threads;
        }

        @Override
        public void createExecutor() {
            super.createExecutor();
            few = new FewThreads(getName() + "-watch", super.getExecutor(), busyThreads, getMaxThreads());
        }

        @Override
        public void shutdownExecutor() {
            FewThreads threads = few;
            if (threads != null) {
                threads.stop();
                few = null;
            }
            super.shutdownExecutor();
        }
    }

    private void endLateHeads() {
        long now = System.nanoTime();
        for (SocketWrapperBase<NioChannel> socket : getEndpoint().getConnections()) {
            // While a thread works on a connection, it has taken the processor away.
            if (socket.getCurrentProcessor() instanceof Processor processor
                    && !processor.isAsync()
                    && !processor.isUpgrade()
                    && isLate(processor.getRequest().getStartTimeNanos(), now)) {
                getEndpoint().processSocket(socket, SocketEvent.ERROR, true);
            }
        }
    }

    private boolean isLate(long begun, long now) {
        return begun != NOT_BEGUN && now - begun > headDeadlineNanos;
    }
}
