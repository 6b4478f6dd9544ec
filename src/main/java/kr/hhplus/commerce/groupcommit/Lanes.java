package kr.hhplus.commerce.groupcommit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Opens lanes over the database, and drains them all when the application stops, before the pool closes. */
@Component
public final class Lanes implements DisposableBean {

    private final PlatformTransactionManager transactions;
    private final GroupCommitLimits limits;
    private final MeterRegistry registry;
    private final List<GroupCommit<?, ?>> open = new ArrayList<>();

    Lanes(PlatformTransactionManager transactions, GroupCommitLimits limits, MeterRegistry registry) {
        this.transactions = transactions;
        this.limits = limits;
        this.registry = registry;
    }

    /** A lane with the configured limits, whose batches run in transactions of the application's database. */
    public synchronized <C, R> GroupCommit<C, R> open(String name, BatchWork<C, R> work) {
        GroupCommit<C, R> lane = new GroupCommit<>(name, limits, new JdbcBatchStore<>(transactions, work), registry);
        open.add(lane);
        return lane;
    }

    @Override
    public synchronized void destroy() {
        open.forEach(GroupCommit::close);
    }
}
