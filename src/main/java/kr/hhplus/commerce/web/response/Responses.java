package kr.hhplus.commerce.web.response;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.RefusedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Converts command results into HTTP responses. A refusal is thrown, so that it becomes a problem document. */
public final class Responses {

    /** The header of a response that repeats a stored result. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private Responses() {}

    public static <T> CompletableFuture<ResponseEntity<T>> ok(CompletableFuture<CommandResult<T>> future) {
        return future.thenApply(result -> entity(result, HttpStatus.OK, null));
    }

    /** For a command whose work is done later. */
    public static <T> CompletableFuture<ResponseEntity<T>> accepted(CompletableFuture<CommandResult<T>> future) {
        return future.thenApply(result -> entity(result, HttpStatus.ACCEPTED, null));
    }

    /**
     * Responds with 201.
     *
     * @param location the URI of the created resource; null if it has none
     */
    public static <T> CompletableFuture<ResponseEntity<T>> created(
            CompletableFuture<CommandResult<T>> future, Function<T, URI> location) {
        return future.thenApply(result -> entity(result, HttpStatus.CREATED, location));
    }

    private static <T> ResponseEntity<T> entity(CommandResult<T> result, HttpStatus status, Function<T, URI> location) {
        if (result instanceof CommandResult.Refused<T> refused) {
            throw new RefusedException(refused.refusal());
        }
        CommandResult.Done<T> done = (CommandResult.Done<T>) result;
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
