package linedisc.examples.gateway;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import linedisc.examples.cli.CommandException;
import linedisc.examples.pppd.Signals;
import linedisc.examples.pppd.options.Machine;
import linedisc.examples.stack.DeviceWatch;
import linedisc.serial.port.PortOpener;

/// A gateway at work until a signal ends it: takes up its file, again when asked to, and looks for
/// devices. [#signalled] is for any thread, all else for one.
final class GatewayService implements AutoCloseable {
  private static final long TICK_SECONDS = 2;

  /// Longer than a goodbye and a close.
  private static final long GOODBYE_SECONDS = 15;

  /// What is asked for.
  private enum Wish {
    RELOAD,
    DEVICES,
    END
  }

  private final Gateway gateway;
  private final PortOpener opener;
  private final Machine machine;
  private final Path file;
  private final Consumer<String> log;
  private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  /// A service that has not begun.
  ///
  /// @param gateway becomes the service's own
  /// @param log told what happens, a line each, by any thread
  GatewayService(
      Gateway gateway, PortOpener opener, Machine machine, Path file, Consumer<String> log) {
    this.gateway = gateway;
    this.opener = opener;
    this.machine = machine;
    this.file = file;
    this.log = log;
  }

  /// HUP reads the file again, INT and TERM end everything; twice, without goodbyes.
  void signalled(Signals.Name signal) {
    switch (signal) {
      case HUP -> wishes.add(Wish.RELOAD);
      case INT, TERM -> {
        if (ending.compareAndSet(false, true)) {
          log.accept("SIG" + signal + ": the links are being ended");
          Thread.ofPlatform().daemon().name("last resort").start(this::endAnyway);
          wishes.add(Wish.END);
        } else {
          log.accept("SIG" + signal + " again: without a goodbye");
          gateway.cut();
        }
      }
      case USR1, USR2 -> log.accept("SIG" + signal + " means nothing to a gateway");
    }
  }

  /// Whatever a line or device does, a signal is the end.
  private void endAnyway() {
    try {
      if (!ended.await(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Takes up a configuration, and serves until a signal ends it.
  void serve(GatewayConfig first) throws InterruptedException {
    takeUp(first);
    boolean goOn = true;
    while (goOn) {
      // Other ports, other folders.
      try (DeviceWatch _ =
          DeviceWatch.start(opener.changes(gateway.names()), () -> wishes.add(Wish.DEVICES))) {
        goOn = serveOneFile();
      }
    }
  }

  /// Until another configuration is in force.
  ///
  /// @return false: the end
  private boolean serveOneFile() throws InterruptedException {
    for (; ; ) {
      switch (wishes.poll(TICK_SECONDS, TimeUnit.SECONDS)) {
        case RELOAD -> {
          if (reload()) {
            return true;
          }
        }
        case DEVICES -> gateway.devicesChanged();
        case END -> {
          return false;
        }
        case null -> gateway.tick(System.nanoTime());
      }
    }
  }

  private boolean reload() throws InterruptedException {
    try {
      takeUp(ConfigReader.read(machine, file));
      return true;
    } catch (CommandException e) {
      log.accept("nothing is changed: " + e.sentence());
      return false;
    }
  }

  private void takeUp(GatewayConfig config) throws InterruptedException {
    config.remarks().forEach(log);
    gateway.configure(config);
    log.accept(file + " is in force");
  }

  /// Ends all links.
  @Override
  public void close() {
    gateway.close();
    ended.countDown();
  }
}
