package kr.hhplus.commerce.web.problem;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Turns errors of the servlet container and of filters into problem documents. */
@Controller
@Access(AccessRule.AUTHENTICATED)
class ErrorsController implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    void respond(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (request.getDispatcherType() != DispatcherType.ERROR) {
            Problems.write(request, response, Refusal.of(ErrorCode.NOT_FOUND));
        } else if (failure instanceof Throwable thrown) {
            Problems.write(request, response, thrown);
        } else {
            Problems.write(
                    request, response, ExceptionTranslator.refusalFor(status instanceof Integer code ? code : 500));
        }
    }
}
