package kr.hhplus.commerce.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The data platform, as far as the shop promises anything to it. */
public interface Platform {

    /** Waits for these events, all that there are, and fails where one is missing, different or out of order. */
    void hasAll(List<JsonNode> pulled);
}
