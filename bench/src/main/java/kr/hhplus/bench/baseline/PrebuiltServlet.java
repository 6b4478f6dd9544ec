package kr.hhplus.bench.baseline;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Prebuilt bytes without Spring between socket and response. */
class PrebuiltServlet extends HttpServlet {

    private final transient PrebuiltBodies bodies;

    PrebuiltServlet(PrebuiltBodies bodies) {
        this.bodies = bodies;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = bodies.find(request.getPathInfo().substring(1));
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().readAllBytes();
        doGet(request, response);
    }
}
