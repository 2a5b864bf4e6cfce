package dev.gearshift.metrics.scrape;

import dev.gearshift.metrics.scrape.FetchResult.Cause;
import dev.gearshift.metrics.scrape.FetchResult.Missed;
import dev.gearshift.metrics.scrape.FetchResult.Page;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Gathers a page as it comes in and hangs up as soon as it is longer than allowed. */
final class CappedBody implements BodySubscriber<FetchResult> {

    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<FetchResult> result = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    private CappedBody(int most) {
        this.most = most;
    }

    static BodySubscriber<FetchResult> of(int status, int most) {
        return status == 200
                ? new CappedBody(most)
                : BodySubscribers.replacing(new Missed(Cause.BAD_STATUS, "HTTP " + status));
    }

    @Override
    public CompletionStage<FetchResult> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Subscription granted) {
        subscription = granted;
        granted.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (result.isDone()) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            if (bytes.size() + buffer.remaining() > most) {
                if (subscription != null) {
                    subscription.cancel();
                }
                bytes.reset();
                result.complete(new Missed(Cause.TOO_LARGE, "more than " + most + " bytes"));
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.writeBytes(part);
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(new Page(bytes.toByteArray()));
    }
}
