package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker itself: what it lets pass, and that it sees each way in which an answer can leave the contract. */
class ContractTests {

    private static final String BALANCE = """
            {"userId":42,"balance":36200,"currency":"KRW"}""";
    private static final String PROBLEM = """
            {"type":"/problems/insufficient-stock","title":"t","status":409,"detail":"d","instance":"/orders",\
            "code":"INSUFFICIENT_STOCK","productId":1,"available":0,"required":1}""";

    private static void check(String method, String path, int status, String mediaType, String body) {
        Contract.check(method, path, status, Map.of("content-type", List.of(mediaType)), body);
    }

    private static void balance(String body) {
        check("GET", "/balance", 200, "application/json", body);
    }

    private static void problem(String body) {
        check("POST", "/orders", 409, "application/problem+json", body);
    }

    private static void refuses(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOf(AssertionError.class);
    }

    @Test
    void letsPassWhatTheDocumentAnnounces() {
        assertThatCode(() -> balance(BALANCE)).doesNotThrowAnyException();
        assertThatCode(() -> problem(PROBLEM)).doesNotThrowAnyException();
        assertThatCode(() -> check("GET", "/balance", 200, "application/json;charset=UTF-8", BALANCE))
                .doesNotThrowAnyException();
    }

    @Test
    void seesAWrongBody() {
        refuses(() -> balance(BALANCE.replace("36200", "\"36200\"")));
        refuses(() -> balance(BALANCE.replace("36200", "362.5")));
        refuses(() -> balance(BALANCE.replace("36200", "-1")));
        refuses(() -> balance(BALANCE.replace("\"currency\":\"KRW\"", "\"currency\":\"USD\"")));
        refuses(() -> balance(BALANCE.replace(",\"currency\":\"KRW\"", "")));
        refuses(() -> balance(BALANCE.replace("{", "{\"internal\":1,")));
        refuses(() -> balance(BALANCE.replace("{", "{\"userId\":41,")));
        refuses(() -> balance(BALANCE + "x"));
        refuses(() -> balance(""));
    }

    @Test
    void seesAWrongStatusOrMediaType() {
        refuses(() -> check("GET", "/balance", 201, "application/json", BALANCE));
        refuses(() -> check("GET", "/balance", 200, "text/plain", BALANCE));
        refuses(() -> check("POST", "/orders", 409, "application/json", PROBLEM));
        refuses(() -> check("GET", "/nowhere", 200, "application/json", BALANCE));
        refuses(() -> check("DELETE", "/orders", 409, "application/problem+json", PROBLEM));
    }

    @Test
    void seesAMissingHeader() {
        String overloaded = PROBLEM.replace("insufficient-stock", "overloaded")
                .replace("INSUFFICIENT_STOCK", "OVERLOADED")
                .replace("409", "503")
                .replace(",\"productId\":1,\"available\":0,\"required\":1", "");
        Map<String, List<String>> without = Map.of("Content-Type", List.of("application/problem+json"));
        Map<String, List<String>> with =
                Map.of("Content-Type", List.of("application/problem+json"), "retry-after", List.of("1"));
        Map<String, List<String>> wrong =
                Map.of("Content-Type", List.of("application/problem+json"), "retry-after", List.of("soon"));
        assertThatCode(() -> Contract.check("POST", "/orders", 503, with, overloaded))
                .doesNotThrowAnyException();
        refuses(() -> Contract.check("POST", "/orders", 503, without, overloaded));
        refuses(() -> Contract.check("POST", "/orders", 503, wrong, overloaded));
    }

    @Test
    void seesWhatGeneratorsDoNotRead() {
        String order = """
                {"orderId":"06Y426QGC0C00","userId":42,"status":"PAID","items":[\
                {"productId":2,"name":"Cup","unitPrice":9,"quantity":1,"lineAmount":9}],\
                "totalAmount":9,"discountAmount":0,"paidAmount":9,"orderedAt":"2026-11-22T03:00:05.123Z",\
                "currency":"KRW","balance":1}""";
        String read = order.replace(",\"balance\":1", "");
        String listed = read.replace(",\"currency\":\"KRW\"", "");
        assertThatCode(() -> placed(order)).doesNotThrowAnyException();
        assertThatCode(() -> read(read)).doesNotThrowAnyException();
        assertThatCode(() -> listed(listed)).doesNotThrowAnyException();
        refuses(() -> placed(read));
        refuses(() -> placed(order.replace(",\"currency\":\"KRW\"", "")));
        refuses(() -> placed(order.replace("PAID", "CANCELLED")));
        refuses(() -> placed(order.replace("05.123Z", "05.123456Z")));
        refuses(() -> placed(order.replace("05.123Z", "05.123+00:00")));
        refuses(() -> placed(order.replace("\"quantity\":1", "\"quantity\":1,\"internal\":1")));
        refuses(() -> read(order));
        refuses(() -> read(read.replace("\"currency\"", "\"cancelledAt\":\"2026-11-22T03:00:05.123Z\",\"currency\"")));
        refuses(() -> listed(read));
        refuses(() -> listed(order));
    }

    private static void placed(String order) {
        Map<String, List<String>> headers =
                Map.of("Content-Type", List.of("application/json"), "Location", List.of("/orders/06Y426QGC0C00"));
        Contract.check("POST", "/orders", 201, headers, order);
    }

    private static void read(String order) {
        check("GET", "/orders/06Y426QGC0C00", 200, "application/json", order);
    }

    private static void listed(String order) {
        String page = "{\"items\":[" + order + "],\"currency\":\"KRW\",\"nextCursor\":null}";
        check("GET", "/orders", 200, "application/json", page);
    }

    @Test
    void seesAWrongProblem() {
        refuses(() -> problem(PROBLEM.replace("INSUFFICIENT_STOCK", "COUPON_SOLD_OUT")));
        refuses(() -> problem(PROBLEM.replace("INSUFFICIENT_STOCK", "SOMETHING_ELSE")));
        refuses(() -> problem(PROBLEM.replace("\"status\":409", "\"status\":400")));
        refuses(() -> problem(PROBLEM.replace("insufficient-stock", "stock")));
        refuses(() -> problem(PROBLEM.replace("\"/orders\"", "\"/coupons\"")));
        refuses(() -> problem(PROBLEM.replace(",\"available\":0", "")));
        refuses(() -> problem(PROBLEM.replace("{", "{\"trace\":\"at java.lang\",")));
    }
}
