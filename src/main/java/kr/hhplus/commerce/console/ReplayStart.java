package kr.hhplus.commerce.console;

import java.util.Map;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.FormTimes;
import org.springframework.stereotype.Component;

/** From where events are to be sent again: a person gives an event's id, or else a time. */
@Component
class ReplayStart {

    private final FormTimes times;

    ReplayStart(FormTimes times) {
        this.times = times;
    }

    String of(Map<String, String> typed) {
        String event = typed.getOrDefault("from", "").strip();
        String time = typed.getOrDefault("time", "").strip();
        if (!event.isEmpty() && !time.isEmpty()) {
            throw new RefusedException(InvalidRequest.at("/time", "Null"));
        }
        if (time.isEmpty()) {
            if (event.isEmpty()) {
                throw new RefusedException(InvalidRequest.at("/from", "Visible"));
            }
            return event;
        }
        return times.parse(time)
                .orElseThrow(() -> new RefusedException(InvalidRequest.at("/time", "localTime")))
                .toString();
    }
}
