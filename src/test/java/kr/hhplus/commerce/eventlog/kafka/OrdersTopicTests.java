package kr.hhplus.commerce.eventlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.eventlog.EventLogProperties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

/** The topic is missing, and the broker is asked for one. */
class OrdersTopicTests {

    private static final Duration TICK = Duration.ofMillis(1);

    private static NewTopic created(int replication) throws Exception {
        KafkaFutureImpl<Map<String, Object>> missing = new KafkaFutureImpl<>();
        missing.completeExceptionally(new UnknownTopicOrPartitionException("missing"));
        DescribeTopicsResult described = Mockito.mock(DescribeTopicsResult.class);
        Mockito.doReturn(missing).when(described).allTopicNames();
        Admin admin = Mockito.mock(Admin.class, Mockito.RETURNS_DEEP_STUBS);
        Mockito.doReturn(described).when(admin).describeTopics(ArgumentMatchers.<Collection<String>>any());
        EventLogProperties properties = new EventLogProperties(
                TICK, 500, TICK, TICK, TICK, 4, "commerce.orders.v1", true, 12, (short) replication);
        new OrdersTopic(() -> admin, properties).require();
        ArgumentCaptor<Collection<NewTopic>> asked = ArgumentCaptor.captor();
        Mockito.verify(admin).createTopics(asked.capture());
        return asked.getValue().iterator().next();
    }

    @Test
    void wantsTwoReplicasInSyncOfThree() throws Exception {
        assertThat(created(3).configs()).containsEntry("min.insync.replicas", "2");
        assertThat(created(5).configs()).containsEntry("min.insync.replicas", "2");
    }

    @Test
    void leavesFewerReplicasAndTheBrokersOwnNumberToTheBroker() throws Exception {
        for (int replication : List.of(-1, 1, 2)) {
            assertThat(created(replication).configs()).as("%d", replication).isNullOrEmpty();
        }
    }
}
