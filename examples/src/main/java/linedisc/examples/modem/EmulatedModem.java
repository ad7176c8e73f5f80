package linedisc.examples.modem;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import linedisc.serial.port.ModemPty;
import linedisc.serial.port.PortException;
import org.jspecify.annotations.Nullable;

/// A modem of the exchange: its engine, the pty that its program opens, and the link by which the
/// program finds it. Two threads move octets between engine and pty.
final class EmulatedModem {
  private static final int TRANSFER_OCTETS = 4096;

  /// How long a program may take to read NO CARRIER before it is hung up.
  private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  final String name;
  final ModemEngine engine;

  /// The call that it takes part in. Guarded by the exchange's monitor.
  @Nullable Call call;

  /// Whether the program is to be hung up once it has had what waits. Guarded by the exchange's
  /// monitor.
  boolean dropsCarrier;

  private final Exchange exchange;
  private final Path link;
  private final boolean hangsUpAlways;
  private volatile ModemPty pty;

  /// A modem with a new pty and its link.
  ///
  /// @param name the link as the user wrote it
  /// @param hangsUpAlways whether a lost carrier hangs up programs too that have said they ignore
  ///   it
  /// @throws IOException with a sentence
  EmulatedModem(Exchange exchange, String name, ModemEngine engine, boolean hangsUpAlways)
      throws IOException {
    this.exchange = exchange;
    this.name = name;
    this.engine = engine;
    this.link = Exchange.place(name);
    this.hangsUpAlways = hangsUpAlways;
    this.pty = ModemPty.open();
    try {
      relink();
    } catch (IOException e) {
      pty.close();
      throw e;
    }
  }

  /// The device behind the link.
  String device() {
    return pty.slave();
  }

  /// Asks the pty whether a program is there: one that has only opened it has not made itself felt.
  /// The exchange's monitor held.
  void lookForProgram() {
    engine.terminal(pty.terminalReady());
  }

  void start() {
    Thread.ofPlatform().daemon().name("modem " + name + " in").start(this::read);
    Thread.ofPlatform().daemon().name("modem " + name + " out").start(this::write);
  }

  /// Removes the link and hangs up. The exchange is closed already.
  void close() {
    try {
      if (Files.isSymbolicLink(link)
          && Files.readSymbolicLink(link).toString().equals(pty.slave())) {
        Files.delete(link);
      }
    } catch (IOException e) {
      // It leads nowhere; the next run replaces it.
    }
    pty.close();
  }

  /// Points the link at the pty in one step, so that it is never missing.
  private void relink() throws IOException {
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
      throw new FileAlreadyExistsException(name + " is there already, and is no symbolic link");
    }
    Path fresh =
        link.resolveSibling(link.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    Files.deleteIfExists(fresh);
    Files.createSymbolicLink(fresh, Path.of(pty.slave()));
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
  }

  // ---- from the program

  private void read() {
    byte[] buffer = new byte[TRANSFER_OCTETS];
    while (!exchange.isClosed()) {
      ModemPty present = pty;
      int n = present.read(buffer);
      if (n == ModemPty.CLOSED) {
        awaitAnotherPty(present);
        continue;
      }
      boolean ready = n > 0 || present.terminalReady();
      synchronized (exchange) {
        if (present == pty) {
          engine.terminal(ready);
          engine.fromTerminal(buffer, 0, n, exchange.now());
          exchange.settle(this);
          awaitRoom(present);
        }
      }
    }
  }

  private void awaitAnotherPty(ModemPty old) {
    synchronized (exchange) {
      while (pty == old && !exchange.isClosed()) {
        exchange.await(ModemEngine.NEVER);
      }
    }
  }

  /// The program is not read while the other end has much to take: the modem's flow control.
  private void awaitRoom(ModemPty present) {
    while (call != null
        && call.connected
        && call.waiting(this) > ModemEngine.WAITING / 2
        && !exchange.isClosed()) {
      exchange.await(exchange.now() + Exchange.LOOK_NANOS);
      if (!present.terminalReady()) {
        engine.terminal(false);
        exchange.settle(this);
      }
    }
  }

  // ---- to the program

  private void write() {
    byte[] buffer = new byte[TRANSFER_OCTETS];
    while (!exchange.isClosed()) {
      int length;
      boolean drop = false;
      synchronized (exchange) {
        length = engine.toTerminal(buffer, 0, buffer.length);
        if (length > 0) {
          // Whoever waits for room may go on. Without cause, two that sleep would wake each other.
          exchange.notifyAll();
        } else {
          drop = dropsCarrier;
          dropsCarrier = false;
          if (!drop) {
            exchange.await(ModemEngine.NEVER);
          }
        }
      }
      if (drop) {
        hangUpProgram();
      }
      deliver(buffer, length);
    }
  }

  private void deliver(byte[] buffer, int length) {
    ModemPty present = pty;
    int at = 0;
    while (at < length && !exchange.isClosed()) {
      int n = present.write(buffer, at, length - at);
      if (n == ModemPty.CLOSED || (n == 0 && !present.terminalReady())) {
        return;
      }
      at += n;
    }
  }

  /// To a program that cares for carrier the port goes away, as a real one does; when it opens the
  /// link again there is another. Writer's thread.
  private void hangUpProgram() {
    ModemPty old = pty;
    if (!old.terminalReady() || (!hangsUpAlways && old.ignoresCarrier())) {
      return;
    }
    ModemPty fresh;
    try {
      fresh = ModemPty.open();
    } catch (PortException e) {
      exchange.say(name + ": " + e.getMessage());
      return;
    }
    long patience = exchange.now() + LAST_WORDS_NANOS;
    do {
      LockSupport.parkNanos(this, LAST_WORDS_NANOS / 25);
    } while (old.unread() > 0 && exchange.now() < patience);
    synchronized (exchange) {
      pty = fresh;
      engine.terminal(false);
      exchange.settle(this);
    }
    try {
      relink();
    } catch (IOException e) {
      exchange.say(name + ": the link is not renewed: " + e.getMessage());
    }
    old.close();
    exchange.say(name + " is " + fresh.slave() + " now");
  }
}
