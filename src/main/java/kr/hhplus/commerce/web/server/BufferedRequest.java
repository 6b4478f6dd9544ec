package kr.hhplus.commerce.web.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request whose body is in memory, so that reading it does not block. In its first pass through the filters its
 * dispatcher type is REQUEST even where the body arrived late: filters that run once skip asynchronous dispatches.
 */
public final class BufferedRequest extends HttpServletRequestWrapper {

    private final byte[] body;
    private Map<String, String[]> parameters;
    private volatile boolean firstPass = true;

    public BufferedRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    void endFirstPass() {
        firstPass = false;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return firstPass ? DispatcherType.REQUEST : super.getDispatcherType();
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Bytes(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }

    @Override
    public String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String[] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    /**
     * Returns the parameters of the query, then those of the form. The container cannot do this: it has not read the
     * body.
     */
    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters == null) {
            Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
            if (FormText.isForm(this)) {
                FormText.parse(new String(body, StandardCharsets.UTF_8))
                        .forEach((name, values) -> all.merge(name, values.toArray(new String[0]), (query, form) -> {
                            String[] both = Arrays.copyOf(query, query.length + form.length);
                            System.arraycopy(form, 0, both, query.length, form.length);
                            return both;
                        }));
            }
            parameters = Collections.unmodifiableMap(all);
        }
        return parameters;
    }

    /**
     * Returns the body of a request that may be wrapped.
     *
     * @return empty if the request has none
     */
    public static byte[] bodyOf(HttpServletRequest request) {
        BufferedRequest received =
                org.springframework.web.util.WebUtils.getNativeRequest(request, BufferedRequest.class);
        return received == null ? new byte[0] : received.body;
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream in;

        Bytes(ByteArrayInputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return in.read(into, offset, length);
        }

        @Override
        public int available() {
            return in.available();
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is in memory");
        }
    }
}
