package kr.hhplus.commerce.eventlog.kafka;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import kr.hhplus.commerce.eventlog.EventLogProperties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of the events. If it is missing, it is created, or the failure says that it is missing. */
final class OrdersTopic {

    private static final Logger logger = LoggerFactory.getLogger(OrdersTopic.class);

    /** The replication factor from which two brokers must acknowledge, so that one of them may fail. */
    private static final int REPLICATION_FOR_TWO_IN_SYNC = 3;

    private final Supplier<Admin> connect;
    private final EventLogProperties properties;

    OrdersTopic(Supplier<Admin> connect, EventLogProperties properties) {
        this.connect = connect;
        this.properties = properties;
    }

    String name() {
        return properties.topic();
    }

    void require() throws IOException {
        try (Admin admin = connect.get()) {
            if (exists(admin)) {
                return;
            }
            if (!properties.topicCreate()) {
                throw new IOException(
                        "the topic " + name() + " is missing, and commerce.event-log.topic-create is false");
            }
            create(admin);
        } catch (ExecutionException e) {
            throw new IOException("the topic " + name() + " cannot be looked up or created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (KafkaException e) {
            throw new IOException("Kafka cannot be queried for the topic " + name() + ": " + e.getMessage(), e);
        }
    }

    private boolean exists(Admin admin) throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(List.of(name())).allTopicNames().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private void create(Admin admin) throws ExecutionException, InterruptedException {
        Optional<Short> replication = Optional.of(properties.topicReplication()).filter(factor -> factor > 0);
        NewTopic topic = new NewTopic(name(), Optional.of(properties.topicPartitions()), replication);
        if (properties.topicReplication() >= REPLICATION_FOR_TWO_IN_SYNC) {
            topic.configs(Map.of(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2"));
        }
        try {
            admin.createTopics(List.of(topic)).all().get();
            logger.info("created the topic {} with {} partitions", name(), properties.topicPartitions());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
