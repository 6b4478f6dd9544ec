package kr.hhplus.bench.servers;

/**
 * Where a server keeps its data.
 *
 * @param folder the embedded database's, and where a server may leave its event files
 */
public record Database(String url, String user, String password, String folder) {

    /** With the options for batches that every program here but the service has to be told. */
    public String tunedUrl() {
        return url.startsWith("jdbc:mysql:")
                ? url + "&rewriteBatchedStatements=true&cachePrepStmts=true&prepStmtCacheSize=250"
                        + "&prepStmtCacheSqlLimit=4096&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
                : url;
    }
}
