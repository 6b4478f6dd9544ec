package kr.hhplus.commerce.eventlog;

import org.springframework.dao.DataAccessResourceFailureException;

/** The database went back in time, and an operator has not accepted that yet. Clients get 503 UNAVAILABLE. */
public final class EventLogRewoundException extends DataAccessResourceFailureException {

    EventLogRewoundException() {
        super("the event log went back in time; orders and deliveries wait for POST /admin/event-log/incarnation");
    }
}
