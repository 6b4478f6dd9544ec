package kr.hhplus.commerce.identity;

import org.springframework.core.env.Environment;

/** Who is let in, by {@code commerce.access}: this machine alone, or whoever a trusted network lets through. */
enum Access {
    LOCAL,
    OPEN;

    static final String PROPERTY = "commerce.access";

    /** @throws AccessRefusedException where the setting is neither {@code local} nor {@code open} */
    static Access of(Environment settings) {
        String value = settings.getProperty(PROPERTY, "local");
        return switch (value) {
            case "local" -> LOCAL;
            case "open" -> OPEN;
            default ->
                throw new AccessRefusedException(
                        PROPERTY + " is '" + value + "', but only 'local' and 'open' are known.",
                        "Set " + PROPERTY + " to 'local', or to 'open' where a trusted network checks who calls.");
        };
    }
}
