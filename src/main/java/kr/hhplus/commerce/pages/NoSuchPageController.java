package kr.hhplus.commerce.pages;

import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;

/** Responds to unknown addresses of pages with an error page instead of a problem document. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
class NoSuchPageController {

    @RequestMapping("/shop/**")
    @Access(AccessRule.AUTHENTICATED)
    @RateLimited(RateLimitGroup.READ)
    void noSuchShopPage() {
        throw notFound();
    }

    @RequestMapping("/console/**")
    @Access(AccessRule.ADMIN)
    @RateLimited(RateLimitGroup.ADMIN)
    void noSuchConsolePage() {
        throw notFound();
    }

    private static RefusedException notFound() {
        return new RefusedException(Refusal.of(ErrorCode.NOT_FOUND));
    }
}
