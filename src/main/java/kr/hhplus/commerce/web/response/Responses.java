package kr.hhplus.commerce.web.response;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.RefusedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Turns what a command led to into an HTTP answer. Refusals leave by the one door that writes problems. */
public final class Responses {

    /** On an answer that was given before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private Responses() {}

    public static <T> CompletableFuture<ResponseEntity<T>> ok(CompletableFuture<CommandResult<T>> answer) {
        return answer.thenApply(a -> entity(a, HttpStatus.OK, null));
    }

    /** For what is remembered now and worked off later. */
    public static <T> CompletableFuture<ResponseEntity<T>> accepted(CompletableFuture<CommandResult<T>> answer) {
        return answer.thenApply(a -> entity(a, HttpStatus.ACCEPTED, null));
    }

    /** @param location where the created thing can be read, or null where nowhere */
    public static <T> CompletableFuture<ResponseEntity<T>> created(
            CompletableFuture<CommandResult<T>> answer, Function<T, URI> location) {
        return answer.thenApply(a -> entity(a, HttpStatus.CREATED, location));
    }

    private static <T> ResponseEntity<T> entity(CommandResult<T> answer, HttpStatus status, Function<T, URI> location) {
        if (answer instanceof CommandResult.Refused<T> refused) {
            throw new RefusedException(refused.refusal());
        }
        CommandResult.Done<T> done = (CommandResult.Done<T>) answer;
        ResponseEntity.BodyBuilder response = ResponseEntity.status(status);
        if (done.replayed()) {
            response.header(REPLAYED, "true");
        }
        if (location != null) {
            response.location(location.apply(done.value()));
        }
        return response.body(done.value());
    }
}
