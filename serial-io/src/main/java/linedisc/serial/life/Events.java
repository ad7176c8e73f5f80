package linedisc.serial.life;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// A source of events: each listener gets them in the order in which they were appended.
///
/// Appending calls nobody: one [Worker], the dispatcher, hands listeners to their executors.
public final class Events<E> {
  private final Sync sync;
  private final Worker dispatcher;
  private final List<EventStream<E>> streams = new CopyOnWriteArrayList<>();

  /// Nobody listens.
  public Events(Sync sync, Worker dispatcher) {
    this.sync = sync;
    this.dispatcher = dispatcher;
  }

  /// A stream to take events from.
  public EventStream<E> open() {
    EventStream<E> stream = new EventStream<>(this, null, _ -> {});
    streams.add(stream);
    return stream;
  }

  /// A stream that brings events to a listener.
  ///
  /// @param executor runs the listener, one event at a time; shared by all listeners is the thread
  ///   that calls [Executor#execute], so that must not wait
  public EventStream<E> open(Executor executor, Consumer<? super E> listener) {
    EventStream<E> stream = new EventStream<>(this, executor, listener);
    streams.add(stream);
    return stream;
  }

  /// Appends an event. One thread at a time: what lock the source is under decides the order. Under
  /// any lock but a leaf.
  public void append(E event) {
    append(event, false);
  }

  /// Appends an event, unless a listener has an equal one waiting.
  public void coalesce(E event) {
    append(event, true);
  }

  private void append(E event, boolean coalesce) {
    for (EventStream<E> stream : streams) {
      if (stream.append(event, coalesce)) {
        dispatch(stream);
      }
    }
  }

  void dispatch(EventStream<E> stream) {
    dispatcher.submit(stream::dispatch);
  }

  Sync sync() {
    return sync;
  }

  void leave(EventStream<E> stream) {
    streams.remove(stream);
  }
}
