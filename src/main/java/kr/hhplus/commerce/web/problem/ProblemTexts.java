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

/** What people read in a problem document, from {@code problems*.properties}. The machine's language plays no part. */
final class ProblemTexts {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private ProblemTexts() {}

    static String title(ErrorCode code, Locale language) {
        return bundle(language).getString(code + ".title");
    }

    /** The sentence of the code with the refusal's own facts in it; the title, where a fact it needs is not known. */
    static String detail(Refusal refusal, Locale language) {
        String template = bundle(language).getString(refusal.code() + ".detail");
        Map<String, Object> facts = refusal.fields();
        boolean known = PLACE.matcher(template).results().allMatch(place -> facts.containsKey(place.group(1)));
        // Of the template, not of what it becomes: a fact may be a text with braces in it.
        return known ? fill(template, facts) : title(refusal.code(), language);
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

    private static String fill(String template, Map<String, ?> facts) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(
                        facts.containsKey(place.group(1)) ? String.valueOf(facts.get(place.group(1))) : place.group()));
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "problems",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
