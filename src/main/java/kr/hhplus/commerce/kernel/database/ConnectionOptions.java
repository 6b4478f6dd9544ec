package kr.hhplus.commerce.kernel.database;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a JDBC URL of MySQL or MariaDB must say, may say, and says already. */
final class ConnectionOptions {

    private static final String MYSQL = "jdbc:mysql:";
    private static final String MARIADB = "jdbc:mariadb:";

    /** One host: no mode as replication: or loadbalance:, no list, no SRV record. */
    private static final Pattern ONE_HOST = Pattern.compile("jdbc:(mysql|mariadb)://[^/?,]*([/?].*)?");

    /** {@code (host=a,port=1)}, {@code address=(host=a)(port=1)}: the long form of one host. */
    private static final Pattern LONG_FORM = Pattern.compile("\\([^()]*\\)");

    /** Nothing else is right: batches as one statement each, UTC on the wire, every character of Unicode. */
    private static final Map<String, String> MYSQL_MUST = Map.of(
            "rewriteBatchedStatements", "true",
            "connectionTimeZone", "UTC",
            "forceConnectionTimeZoneToSession", "true",
            "characterEncoding", "UTF-8",
            "useAffectedRows", "false");

    private static final Map<String, String> MYSQL_SHOULD = Map.of("cachePrepStmts", "true", "tcpKeepAlive", "true");

    private ConnectionOptions() {}

    static boolean areFor(String url) {
        return url != null && (url.startsWith("jdbc:mysql") || url.startsWith(MARIADB));
    }

    /**
     * The options to add to those in the URL.
     *
     * @throws DatabaseRefusedException where the URL says otherwise than it must, or names several hosts
     */
    static Properties missingIn(String url, DatabaseProperties properties) {
        Map<String, String> inUrl = optionsOf(url);
        requireOneHost(url, inUrl);
        Properties missing = new Properties();
        if (url.startsWith(MYSQL)) {
            MYSQL_MUST.forEach((name, value) -> requireOrAdd(name, value, inUrl, missing));
            MYSQL_SHOULD.forEach((name, value) -> addUnlessNamed(name, value, inUrl, missing));
        }
        addUnlessNamed(
                "connectTimeout", Long.toString(properties.connectTimeout().toMillis()), inUrl, missing);
        addUnlessNamed("socketTimeout", Long.toString(properties.socketTimeout().toMillis()), inUrl, missing);
        return missing;
    }

    private static void requireOneHost(String url, Map<String, String> inUrl) {
        boolean oneHost =
                ONE_HOST.matcher(LONG_FORM.matcher(url).replaceAll("")).matches();
        if (!oneHost || "true".equalsIgnoreCase(inUrl.get("dnsSrv"))) {
            throw new DatabaseRefusedException(
                    "spring.datasource.url names several database hosts. The driver takes the first one that answers,"
                            + " also where that is a replica, and after a failover every order is refused.",
                    "Name one host: a proxy that leads to the primary (deploy/haproxy; docs/operations.md).");
        }
    }

    private static void requireOrAdd(String name, String value, Map<String, String> inUrl, Properties missing) {
        String said = inUrl.get(name);
        if (said != null && !said.equalsIgnoreCase(value)) {
            throw new DatabaseRefusedException(
                    "spring.datasource.url says " + name + "=" + said + ", and the service relies on " + name + "="
                            + value + ".",
                    "Leave " + name + " out of the URL: the service sets it.");
        }
        addUnlessNamed(name, value, inUrl, missing);
    }

    private static void addUnlessNamed(String name, String value, Map<String, String> inUrl, Properties missing) {
        if (!inUrl.containsKey(name)) {
            missing.setProperty(name, value);
        }
    }

    /** Without the options, among which there may be a password, and without a user. */
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

    /** Run on every new connection: what does not depend on how the server is configured. */
    static String firstStatement(DatabaseProperties properties) {
        return String.format(
                Locale.ROOT,
                "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = %d,"
                        + " sql_mode = CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES')",
                properties.lockTimeout().toSeconds());
    }
}
