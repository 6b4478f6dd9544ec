package kr.hhplus.bench.servers;

/**
 * Where a server keeps its data.
 *
 * @param folder of the embedded database and the server's event files
 */
public record Database(String url, String user, String password, String folder) {

    /** The URL with the options for batches, which the service adds by itself. */
    public String tunedUrl() {
        return url.startsWith("jdbc:mysql:")
                ? url + "&rewriteBatchedStatements=true&cachePrepStmts=true&prepStmtCacheSize=250"
                        + "&prepStmtCacheSqlLimit=4096&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
                : url;
    }
}
