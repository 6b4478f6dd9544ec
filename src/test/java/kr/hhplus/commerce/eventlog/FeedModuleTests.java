package kr.hhplus.commerce.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The module as it runs: its relay at work on its own thread, its log behind the pull feed. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@ApplicationModuleTest(ApplicationModuleTest.BootstrapMode.ALL_DEPENDENCIES)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class FeedModuleTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String BEGINNING = IdText.of(0);

    @TempDir
    private static Path data;

    @Autowired
    private EventsController controller;

    @Autowired
    private Outbox outbox;

    @Autowired
    private EventLog log;

    @Autowired
    private PlatformTransactionManager transactions;

    private final ObjectMapper json = new ObjectMapper();
    private long before;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("commerce.data-dir", data::toString);
    }

    @BeforeEach
    void rememberTheHead() {
        before = log.head();
    }

    @Test
    void givesPagesThatFollowOnEachOther() throws Exception {
        append(3);
        JsonNode first = page(IdText.of(before), 2);
        assertThat(first.path("items")).hasSize(2);
        assertThat(first.path("items").path(0).path("specversion").asText()).isEqualTo("1.0");
        assertThat(first.path("nextCursor").asText())
                .isEqualTo(first.path("items").path(1).path("id").asText());
        JsonNode second = page(first.path("nextCursor").asText(), 2);
        assertThat(second.path("items")).hasSize(1);
        String end = second.path("nextCursor").asText();
        assertThat(page(end, 2)).isEqualTo(json.readTree("{\"items\":[],\"nextCursor\":\"" + end + "\"}"));
    }

    @Test
    void beginsAtTheBeginning() throws Exception {
        append(1);
        assertThat(page(null, null).path("items").path(0).path("id").asText()).isEqualTo(IdText.of(1));
        assertThat(page("", null)).isEqualTo(page(BEGINNING, null));
    }

    @Test
    void keepsABodyAsItWasWritten() {
        append(1);
        String body = log.after(before, 1).get(0).body();
        String id = IdText.of(before);
        assertThat(new String(controller.events(id, 1).getBody(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"items\":[" + body + "],\"nextCursor\":\"" + IdText.of(before + 1) + "\"}");
    }

    @Test
    void refusesWhatIsNoCursorAndNoLimit() {
        assertRefused("yesterday", 1, ErrorCode.INVALID_CURSOR);
        assertRefused("ZZZZZZZZZZZZZ", 1, ErrorCode.INVALID_CURSOR);
        assertRefused(null, 0, ErrorCode.INVALID_REQUEST);
        assertRefused(null, 1001, ErrorCode.INVALID_REQUEST);
    }

    @Test
    void deliversWhatIsCommittedByItself() {
        append(2);
        Path file = data.resolve("events").resolve("orders-2026-03-01.jsonl");
        Awaitility.await().untilAsserted(() -> assertThat(Files.readAllLines(file))
                .isEqualTo(log.after(0, 1000).stream().map(StoredEvent::body).toList()));
    }

    private void append(int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(LogFixture.paid(i, NOON, new Line(1, 1)));
        }
        new TransactionTemplate(transactions).executeWithoutResult(status -> outbox.append(events));
    }

    private JsonNode page(String after, Integer limit) throws Exception {
        ResponseEntity<byte[]> answer = controller.events(after, limit);
        return json.readTree(answer.getBody());
    }

    private void assertRefused(String after, Integer limit, ErrorCode code) {
        assertThatThrownBy(() -> controller.events(after, limit))
                .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
                .satisfies(refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }
}
