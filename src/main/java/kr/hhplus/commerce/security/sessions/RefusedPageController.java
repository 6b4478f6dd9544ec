package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;

/** Makes a page of what was refused before any page was asked. */
@HtmlPage
@ConditionalOnCredentials
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class RefusedPageController {

    @RequestMapping(PageRefusals.PAGE)
    void refused(HttpServletRequest request) {
        throw new RefusedException(PageRefusals.of(request));
    }
}
