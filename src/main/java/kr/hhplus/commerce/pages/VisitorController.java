package kr.hhplus.commerce.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Sets the visitor's user if accounts are not enabled. */
@HtmlPage
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class VisitorController {

    @PostMapping("/shop/visitor")
    View choose(
            Visitor visitor,
            @RequestParam String user,
            @RequestParam(defaultValue = "/") String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!visitor.maySwitch()) {
            throw new RefusedException(Refusal.of(ErrorCode.FORBIDDEN));
        }
        long chosen =
                Visitor.parse(user.strip()).orElseThrow(() -> new RefusedException(InvalidRequest.at("/user", "Id")));
        response.addCookie(PageCookies.of(request, Visitor.COOKIE, String.valueOf(chosen)));
        return SeeOther.to(SeeOther.ownOrHome(next));
    }
}
