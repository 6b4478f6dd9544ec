package kr.hhplus.commerce.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeeOtherTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/shop/cart",
                "/shop/orders?cursor=a_B-9",
                "/?q=%EC%8C%80+10kg&lang=ko",
                "/shop/coupons/3?a,b",
                "/shop/a.b/..c?next=%2E%2e",
                "/oauth2/authorize?redirect_uri=https://client.example/back&state=a'(b)*!$;c@d?e"
            })
    void goesToAddressesOfThisServer(String address) {
        assertThat(SeeOther.ownOrHome(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "//evil.example/shop",
                "/\\evil.example",
                "/\t/evil.example",
                "https://evil.example",
                "/a#b",
                "/a:b",
                "/:?a:b",
                "/?a#b",
                "/?a\\b",
                "/?a\"b",
                "/?a<b",
                "/?a\r\nb",
                "?a:b",
                "/a\r\nb",
                "javascript:alert(1)",
                "/<script>",
                "/..",
                "/shop/../../x",
                "/shop/./x",
                "/shop/%2e%2E/%2e%2e/x",
                "/shop/.%2e",
                "/shop/..?x",
                "/shop/%zz",
                "/shop/%4"
            })
    void goesHomeInsteadOfAnywhereElse(String address) {
        assertThat(SeeOther.ownOrHome(address)).isEqualTo("/");
        assertThat(SeeOther.ownOrHome(null)).isEqualTo("/");
    }
}
