package kr.hhplus.commerce.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** A page as it came. */
public record Shown(int status, String location, String type, String html) {

    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");

    /** What a reader sees, each piece of text apart from the next by a blank. */
    public String text() {
        String body = html.substring(html.indexOf("<body"));
        return HtmlUtils.htmlUnescape(
                        body.replaceAll("<template[^>]*></template>", "").replaceAll("<[^>]+>", " "))
                .replaceAll("\\s+", " ");
    }

    /** Of the last form that is sent there. */
    public Map<String, String> hiddenFields(String action) {
        Map<String, String> fields = new LinkedHashMap<>();
        int start = html.lastIndexOf("method=\"post\" action=\"" + action + "\"");
        if (start < 0) {
            throw new AssertionError("no form is sent to " + action + " from " + html);
        }
        Matcher hidden = HIDDEN.matcher(html.substring(start, html.indexOf("</form>", start)));
        while (hidden.find()) {
            fields.put(hidden.group(1), HtmlUtils.htmlUnescape(hidden.group(2)));
        }
        return fields;
    }

    /** The opening tag with this in it. */
    public String tag(String within) {
        int at = html.indexOf(within);
        if (at < 0) {
            throw new AssertionError(within + " is not in " + html);
        }
        return html.substring(html.lastIndexOf('<', at), html.indexOf('>', at) + 1);
    }
}
