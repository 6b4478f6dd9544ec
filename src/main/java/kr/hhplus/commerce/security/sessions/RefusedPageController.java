package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;

/** The page of a request that was refused, or failed, before it reached the controller of its page. */
@HtmlPage
@ConditionalOnCredentials
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class RefusedPageController {

    @RequestMapping(PageRefusals.PAGE)
    void refused(HttpServletRequest request) {
        throw PageRefusals.of(request);
    }
}
