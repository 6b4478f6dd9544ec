package kr.hhplus.commerce.pages;

import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;

/** Addresses among the pages that lead nowhere: who types one gets a page that says so. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
class NoSuchPageController {

    @RequestMapping({"/shop/**", "/console/**"})
    void nothing() {
        throw new RefusedException(Refusal.of(ErrorCode.NOT_FOUND));
    }
}
