package kr.hhplus.commerce.kernel.database;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks and completes the options in a JDBC URL of MySQL or MariaDB. */
final class ConnectionOptions {

    private static final String MYSQL = "jdbc:mysql:";
    private static final String MARIADB = "jdbc:mariadb:";

    /** A URL of one host: no mode such as replication: or loadbalance:, no list, no SRV record. */
    private static final Pattern ONE_HOST = Pattern.compile("jdbc:(mysql|mariadb)://[^/?,]*([/?].*)?");

    /** The long forms of one host: {@code (host=a,port=1)}, {@code address=(host=a)(port=1)}. */
    private static final Pattern LONG_FORM = Pattern.compile("\\([^()]*\\)");

    /**
     * Required values: one statement per batch, UTC on the wire, all Unicode characters, matched rows as the update
     * count.
     */
    private static final Map<String, String> MYSQL_REQUIRED = Map.of(
            "rewriteBatchedStatements", "true",
            "connectionTimeZone", "UTC",
            "forceConnectionTimeZoneToSession", "true",
            "characterEncoding", "UTF-8",
            "useAffectedRows", "false");

    private static final Map<String, String> MYSQL_DEFAULTS = Map.of("cachePrepStmts", "true", "tcpKeepAlive", "true");

    private ConnectionOptions() {}

    static boolean areFor(String url) {
        return url != null && (url.startsWith("jdbc:mysql") || url.startsWith(MARIADB));
    }

    /**
     * Returns the options to add to those in the URL.
     *
     * @throws DatabaseRefusedException if the URL contradicts a required value or names several hosts
     */
    static Properties missingIn(String url, DatabaseProperties properties) {
        Map<String, String> inUrl = optionsOf(url);
        requireOneHost(url, inUrl);
        Properties missing = new Properties();
        if (url.startsWith(MYSQL)) {
            MYSQL_REQUIRED.forEach((name, value) -> requireValue(name, value, inUrl, missing));
            MYSQL_DEFAULTS.forEach((name, value) -> addIfAbsent(name, value, inUrl, missing));
        }
        addIfAbsent("connectTimeout", Long.toString(properties.connectTimeout().toMillis()), inUrl, missing);
        addIfAbsent("socketTimeout", Long.toString(properties.socketTimeout().toMillis()), inUrl, missing);
        return missing;
    }

    private static void requireOneHost(String url, Map<String, String> inUrl) {
        boolean oneHost =
                ONE_HOST.matcher(LONG_FORM.matcher(url).replaceAll("")).matches();
        if (!oneHost || "true".equalsIgnoreCase(inUrl.get("dnsSrv"))) {
            throw new DatabaseRefusedException(
                    "spring.datasource.url names several database hosts. The driver uses the first host that responds,"
                            + " even if it is a replica, so after a failover every order is refused.",
                    "Use one host: a proxy that routes to the primary (deploy/haproxy; docs/operations.md).");
        }
    }

    private static void requireValue(String name, String value, Map<String, String> inUrl, Properties missing) {
        String configured = inUrl.get(name);
        if (configured != null && !configured.equalsIgnoreCase(value)) {
            throw new DatabaseRefusedException(
                    "spring.datasource.url sets " + name + "=" + configured + ", but the service requires " + name + "="
                            + value + ".",
                    "Remove " + name + " from the URL. The service sets it.");
        }
        addIfAbsent(name, value, inUrl, missing);
    }

    private static void addIfAbsent(String name, String value, Map<String, String> inUrl, Properties missing) {
        if (!inUrl.containsKey(name)) {
            missing.setProperty(name, value);
        }
    }

    /** Returns the address without options, which may contain a password, and without a user. */
    static String addressIn(String url) {
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }

    private static Map<String, String> optionsOf(String url) {
        Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int query = url.indexOf('?');
        if (query >= 0) {
            for (String option : url.substring(query + 1).split("&")) {
                String[] nameAndValue = option.split("=", 2);
                options.put(nameAndValue[0], nameAndValue.length == 2 ? nameAndValue[1] : "");
            }
        }
        return options;
    }

    /**
     * Returns the statement that runs on every new connection. It sets what must not depend on the server's
     * configuration.
     */
    static String firstStatement(DatabaseProperties properties) {
        return String.format(
                Locale.ROOT,
                "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = %d,"
                        + " sql_mode = CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES')",
                properties.lockTimeout().toSeconds());
    }
}
