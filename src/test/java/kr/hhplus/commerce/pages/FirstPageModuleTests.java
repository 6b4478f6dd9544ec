package kr.hhplus.commerce.pages;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.testkit.ServedShop;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** The first page: for people, and beside the API, which it does not change. */
@ServedShop
class FirstPageModuleTests {

    private final TestRestTemplate http;

    FirstPageModuleTests(@Autowired TestRestTemplate http) {
        this.http = http;
    }

    private ResponseEntity<String> get(String address, String language) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT, "text/html");
        headers.set(HttpHeaders.ACCEPT_LANGUAGE, language);
        return http.exchange(address, HttpMethod.GET, new HttpEntity<>(headers), String.class);
    }

    @Test
    void speaksTheLanguageThatTheBrowserWantsAndKoreanOtherwise() {
        assertThat(get("/", "en-GB,en;q=0.8").getBody()).contains("<html lang=\"en\"");
        assertThat(get("/", "ko").getBody()).contains("<html lang=\"ko\"");
        assertThat(get("/", "fi").getBody()).contains("<html lang=\"ko\"");
    }

    @Test
    void loadsNothingButThisServersOwnScriptsAndStyles() {
        ResponseEntity<String> page = get("/", "en");

        assertThat(page.getHeaders().getFirst("Content-Security-Policy")).startsWith("default-src 'self';");
        assertThat(page.getBody()).doesNotContain("<style").doesNotContainPattern("<script(?![^>]* src=\"/assets/)");
    }

    @Test
    void tellsWhoMistypesAnAddress() {
        ResponseEntity<String> page = get("/shop/nowhere", "en");

        assertThat(page.getStatusCode().value()).isEqualTo(404);
        assertThat(page.getHeaders().getContentType()).hasToString("text/html;charset=UTF-8");
        assertThat(page.getBody()).contains("There is no resource at this address.");
    }
}
