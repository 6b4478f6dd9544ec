package kr.hhplus.commerce.pages;

import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers unknown addresses below the pages with an error page instead of a problem document. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
class NoSuchPageController {

    @RequestMapping({"/shop/**", "/console/**"})
    void nothing() {
        throw new RefusedException(Refusal.of(ErrorCode.NOT_FOUND));
    }
}
