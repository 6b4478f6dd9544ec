package kr.hhplus.bench.load;

import java.nio.charset.StandardCharsets;

/** A prepared request and the kind under which its response is counted. */
public record Shot(byte[] bytes, int kind) {

    private static final String HOST = "Host: 127.0.0.1\r\n";

    public static Shot get(String path) {
        return get(path, 0);
    }

    public static Shot get(String path, int kind) {
        return get(path, kind, "");
    }

    /** @param headLines further header lines, each with its line end */
    public static Shot get(String path, int kind, String headLines) {
        return new Shot(ascii("GET " + path + " HTTP/1.1\r\n" + HOST + headLines + "\r\n"), kind);
    }

    public static Shot post(String path, String json) {
        return post(path, json, 0);
    }

    public static Shot post(String path, String json, int kind) {
        return post(path, json, kind, "");
    }

    /** @param headLines further header lines, each with its line end */
    public static Shot post(String path, String json, int kind, String headLines) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ascii("POST " + path + " HTTP/1.1\r\n" + HOST + headLines + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n");
        byte[] bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return new Shot(bytes, kind);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
