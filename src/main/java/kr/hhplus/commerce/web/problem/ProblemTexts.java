package kr.hhplus.commerce.web.problem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest.Violation;
import kr.hhplus.commerce.kernel.Refusal;

/** The texts of problem documents, from {@code problems*.properties}, independent of the default locale. */
final class ProblemTexts {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private ProblemTexts() {}

    static String title(ErrorCode code, Locale language) {
        return bundle(language).getString(code + ".title");
    }

    /** Returns the text of the code with the refusal's values; the title if a value is missing. */
    static String detail(Refusal refusal, Locale language) {
        String template = bundle(language).getString(refusal.code() + ".detail");
        Map<String, Object> values = refusal.fields();
        boolean complete = PLACEHOLDER
                .matcher(template)
                .results()
                .allMatch(placeholder -> values.containsKey(placeholder.group(1)));
        // The template is checked, not the filled text, because a value may contain braces.
        return complete ? fill(template, values) : title(refusal.code(), language);
    }

    static String violation(Violation violation, Locale language) {
        ResourceBundle bundle = bundle(language);
        String name = "violation." + violation.detail();
        if (!bundle.containsKey(name)) {
            return violation.detail();
        }
        List<Object> arguments = violation.arguments();
        return fill(
                bundle.getString(name),
                IntStream.range(0, arguments.size())
                        .boxed()
                        .collect(Collectors.toMap(String::valueOf, arguments::get)));
    }

    static boolean hasViolation(String name) {
        return bundle(Locale.ENGLISH).containsKey("violation." + name);
    }

    private static String fill(String template, Map<String, ?> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(placeholder -> Matcher.quoteReplacement(
                        values.containsKey(placeholder.group(1))
                                ? String.valueOf(values.get(placeholder.group(1)))
                                : placeholder.group()));
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "problems",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
