package kr.hhplus.commerce.shared.intake;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Problems;
import kr.hhplus.commerce.shared.problem.Refusal;

/** Hands what handlers answer to the {@link ResponseWriter}. */
final class ResponseFilter extends HttpFilter {

    private final ResponseWriter responses;

    ResponseFilter(ResponseWriter responses) {
        this.responses = responses;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // In an asynchronous dispatch the first pass' response is below this one's.
        BufferedResponse.writeThrough(response);
        BufferedResponse buffered = new BufferedResponse(response);
        chain.doFilter(request, buffered);
        if (!request.isAsyncStarted() && !buffered.isDirect()) {
            send(request, response, buffered);
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, BufferedResponse buffered)
            throws IOException {
        byte[] body = buffered.body();
        if (body.length > 0) {
            response.setContentLength(body.length);
        }
        if (!responses.send(request, response, body)) {
            buffered.resetBuffer();
            Problems.write(request, buffered, Refusal.of(ErrorCode.OVERLOADED));
            response.setHeader("Connection", "close");
            responses.sendLater(request, response, buffered.body());
        }
    }
}
