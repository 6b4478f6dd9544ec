package kr.hhplus.commerce.web.server;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.mock.web.MockHttpServletResponse;

/** A mock that supports write listeners: its connection accepts all bytes at once. */
public class NonBlockingResponse extends MockHttpServletResponse {

    @Override
    public ServletOutputStream getOutputStream() {
        ServletOutputStream content = super.getOutputStream();
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                try {
                    listener.onWritePossible();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void write(int b) throws IOException {
                content.write(b);
            }

            @Override
            public void flush() throws IOException {
                content.flush();
            }
        };
    }
}
