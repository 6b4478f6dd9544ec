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
 * Keeps the body in memory until the filter chain has returned; {@link ResponseFilter} then sends it. A listener of an
 * asynchronous request, for example at a timeout, writes on a thread of the container after that, and nothing would
 * send a buffer. So {@link #writeThrough} is called before asynchronous processing starts.
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

    /** From now on writes to the container directly. Must be called before anything is written. */
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
                throw new IllegalStateException("getOutputStream() has already been called for this response");
            }
            // The container's own writer would set the encoding too.
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
        discard();
        super.resetBuffer();
    }

    @Override
    public void reset() {
        discard();
        super.reset();
    }

    @Override
    public void sendError(int status) throws IOException {
        discard();
        direct = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        discard();
        direct = true;
        super.sendError(status, message);
    }

    /** The container's implementation would commit the response, which bypasses the buffer. */
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

    private void discard() {
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
