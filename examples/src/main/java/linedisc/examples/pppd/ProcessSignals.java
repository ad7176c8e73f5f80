package linedisc.examples.pppd;

import java.util.function.Consumer;

/// This process's signals.
public final class ProcessSignals implements Signals {
  /// This process's signals.
  public ProcessSignals() {}

  @Override
  public void listen(Consumer<Name> listener) {
    for (Name name : Name.values()) {
      Object _ = org.jline.utils.Signals.register(name.name(), () -> listener.accept(name));
    }
  }
}
