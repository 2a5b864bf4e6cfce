package dev.gearshift.sandbox.operator;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that count what they have to do. A task counts from being handed in to its end, so when one hands in another, the count
 * does not touch zero in between: at zero, nothing is under way in any of the executors that share the count.
 */
final class CountedExecutor extends AbstractExecutorService {

    private final ExecutorService threads;
    private final AtomicInteger count;

    CountedExecutor(String name, AtomicInteger count) {
        this.count = count;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void execute(Runnable task) {
        count.incrementAndGet();
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    count.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            count.decrementAndGet();
            throw e;
        }
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> dropped = threads.shutdownNow();
        count.addAndGet(-dropped.size());
        return dropped;
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
