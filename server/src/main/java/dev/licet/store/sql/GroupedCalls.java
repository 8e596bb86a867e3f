package dev.licet.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls in groups: what is asked for while a group is on its way makes the next one, so
 * that a call alone waits for nobody and a thousand share a few round trips or read transactions.
 *
 * @param <A> what is asked for
 * @param <R> the answer to it
 */
public final class GroupedCalls<A, R extends @Nullable Object> {
  private final int maxGroup;
  private final Function<List<A>, List<R>> work;
  private final Semaphore room;
  private final ConcurrentLinkedQueue<Call<A, R>> waiting = new ConcurrentLinkedQueue<>();

  private record Call<A, R extends @Nullable Object>(A asked, CompletableFuture<R> answer) {}

  /**
   * @param groups how many may be on their way at once
   * @param work answers a group, in its order; what it throws is thrown to everyone of the group
   */
  public GroupedCalls(int groups, int maxGroup, Function<List<A>, List<R>> work) {
    this.maxGroup = maxGroup;
    this.work = work;
    this.room = new Semaphore(groups);
  }

  /** Asks, and waits for the answer, which is worked out after this was called. */
  public R call(A asked) {
    Call<A, R> call = new Call<>(asked, new CompletableFuture<>());
    waiting.add(call);
    if (room.tryAcquire()) {
      Thread.startVirtualThread(this::answer);
    }
    try {
      return call.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException fault ? fault : e;
    }
  }

  /** Looks again once there is room: who found none in between has left it to this thread. */
  private void answer() {
    do {
      try {
        answerGroups();
      } finally {
        room.release();
      }
    } while (!waiting.isEmpty() && room.tryAcquire());
  }

  private void answerGroups() {
    List<Call<A, R>> group = nextGroup();
    while (!group.isEmpty()) {
      answer(group);
      group = nextGroup();
    }
  }

  private List<Call<A, R>> nextGroup() {
    List<Call<A, R>> group = new ArrayList<>();
    Call<A, R> call = waiting.poll();
    while (call != null) {
      group.add(call);
      call = group.size() < maxGroup ? waiting.poll() : null;
    }
    return group;
  }

  private void answer(List<Call<A, R>> group) {
    try {
      List<R> answers = work.apply(group.stream().map(Call::asked).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      group.forEach(each -> each.answer().completeExceptionally(e));
    }
  }
}
