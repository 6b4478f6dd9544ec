package kr.hhplus.commerce.kernel.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Opens batch loaders. Each has its own threads, so that no loader waits for the rows of another. */
@Component
public final class BatchLoaders implements DisposableBean {

    private static final long IDLE_SECONDS = 60;

    private final BatchLoaderProperties properties;
    private final List<ThreadPoolExecutor> open = new ArrayList<>();

    BatchLoaders(BatchLoaderProperties properties) {
        this.properties = properties;
    }

    /**
     * Opens a batch loader.
     *
     * @param name part of the thread names
     * @param statement reads the rows of the keys that exist; the set of keys is never empty
     */
    public synchronized <K, V> BatchLoader<K, V> open(String name, Function<Set<K>, Map<K, V>> statement) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                properties.maxConcurrency(),
                properties.maxConcurrency(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new CustomizableThreadFactory("read-" + name + "-"));
        threads.allowCoreThreadTimeOut(true);
        open.add(threads);
        return new BatchLoader<>(statement, threads, properties);
    }

    /** Runs after the web server has completed its last request. */
    @Override
    public synchronized void destroy() {
        open.forEach(ThreadPoolExecutor::shutdown);
    }
}
