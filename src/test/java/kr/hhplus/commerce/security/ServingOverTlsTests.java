package kr.hhplus.commerce.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** As docs/deploying.md says: a key store and three settings. The key store is made here, by the JDK's own tool. */
@ProbedServer
class ServingOverTlsTests {

    private static final String PASSWORD = "changed-by-nobody";

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void tls(DynamicPropertyRegistry settings) throws Exception {
        settings.add("server.ssl.key-store", makeKeyStore()::toString);
        settings.add("server.ssl.key-store-password", () -> PASSWORD);
        settings.add("server.ssl.enabled-protocols", () -> "TLSv1.3");
    }

    private static Path makeKeyStore() throws IOException, InterruptedException {
        Path store = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        return store;
    }

    private static SSLContext trustingTheKeyStore() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .build();
    }

    @Test
    void answersWhoTrustsTheCertificateAndKeepsBrowsersOnTls() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trustingTheKeyStore()).build();
        HttpResponse<String> reply = client.send(request("/probe/things/1"), BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        assertThat(reply.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        HttpRequest body = HttpRequest.newBuilder(request("/probe/pay").uri())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"userId\":7,\"amount\":5}"))
                .build();
        assertThat(client.send(body, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void isTrustedByNobodyElseAndSpeaksNoPlainText() {
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request("/products"), BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(new Wire(port).get("/products").status()).isEqualTo(400);
    }
}
