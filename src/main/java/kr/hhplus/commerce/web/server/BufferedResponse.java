package kr.hhplus.commerce.web.server;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.springframework.util.FastByteArrayOutputStream;
import org.springframework.web.util.WebUtils;

/**
 * Keeps the body in memory until the handler has returned; {@link ResponseFilter} then sends it. Asynchronous code,
 * which writes later, calls {@link #writeThrough}.
 */
public final class BufferedResponse extends HttpServletResponseWrapper {

    private final FastByteArrayOutputStream body = new FastByteArrayOutputStream();
    private ServletOutputStream out;
    private PrintWriter writer;
    private boolean complete;
    private volatile boolean direct;

    BufferedResponse(HttpServletResponse response) {
        super(response);
    }

    /** Passes everything on to the container from now on. Must be called before anything is written. */
    public static void writeThrough(ServletResponse response) {
        BufferedResponse buffered = WebUtils.getNativeResponse(response, BufferedResponse.class);
        if (buffered != null) {
            buffered.direct = true;
            writeThrough(buffered.getResponse());
        }
    }

    boolean isDirect() {
        return direct;
    }

    byte[] body() {
        if (writer != null) {
            writer.flush();
        }
        return body.toByteArrayUnsafe();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (direct) {
            return super.getOutputStream();
        }
        if (out == null) {
            out = new Bytes();
        }
        return out;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (direct) {
            return super.getWriter();
        }
        if (writer == null) {
            if (out != null) {
                throw new IllegalStateException("the body is written by its stream");
            }
            // Also tells the container the encoding, as getting its own writer would.
            setCharacterEncoding(getCharacterEncoding());
            writer = new PrintWriter(new OutputStreamWriter(new Bytes(), getCharacterEncoding()));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (direct) {
            super.flushBuffer();
        } else {
            complete = true;
        }
    }

    @Override
    public boolean isCommitted() {
        return complete || super.isCommitted();
    }

    @Override
    public void setBufferSize(int size) {
        if (direct) {
            super.setBufferSize(size);
        }
    }

    @Override
    public void resetBuffer() {
        forget();
        super.resetBuffer();
    }

    @Override
    public void reset() {
        forget();
        super.reset();
    }

    @Override
    public void sendError(int status) throws IOException {
        forget();
        direct = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        forget();
        direct = true;
        super.sendError(status, message);
    }

    /** Not the container's own, which is written where it is called. */
    @Override
    public void sendRedirect(String location) throws IOException {
        if (direct) {
            super.sendRedirect(location);
        } else {
            resetBuffer();
            setStatus(SC_FOUND);
            setHeader("Location", location);
            complete = true;
        }
    }

    private void forget() {
        body();
        body.reset();
        out = null;
        writer = null;
        complete = false;
    }

    private final class Bytes extends ServletOutputStream {

        @Override
        public void write(int b) throws IOException {
            body.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            body.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            flushBuffer();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("the body is in memory");
        }
    }
}
