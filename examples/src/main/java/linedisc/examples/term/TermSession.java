package linedisc.examples.term;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.NetException;
import linedisc.serial.port.ModemLine;
import linedisc.serial.port.PortException;
import linedisc.serial.port.PortSettings;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import org.jspecify.annotations.Nullable;

/// A person, or a pipe, at one end and a line at the other: what is typed is sent but for the
/// escape key and what follows it, what is received is shown.
final class TermSession {
  private static final Duration READ_LIMIT = Duration.ofSeconds(1);
  private static final Duration AWAY_LIMIT = Duration.ofMillis(100);
  private static final Duration BREAK = Duration.ofMillis(250);
  private static final Duration PULSE = Duration.ofSeconds(1);
  private static final int OCTETS = 4096;

  private final TermOptions options;
  private final Tty tty;
  private final Screen screen;
  private final InputStream keyboard;
  private final boolean interactive;
  private final Handover handover;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private volatile long lastOctet = System.nanoTime();

  // The keyboard thread's.
  private boolean escaped;
  private @Nullable StringBuilder answer;
  private boolean echo;
  private boolean dtr;
  private boolean rts;

  /// A session.
  ///
  /// @param interactive whether a person types: who waits for nothing, and can be asked
  TermSession(
      TermOptions options,
      Station station,
      Tty tty,
      Screen screen,
      InputStream keyboard,
      boolean interactive) {
    this.options = options;
    this.tty = tty;
    this.screen = screen;
    this.keyboard = keyboard;
    this.interactive = interactive;
    this.handover = new Handover(station, tty, screen, options.addresses());
    this.echo = options.echo();
    this.dtr = options.settings().dtrAtOpen();
    this.rts = options.settings().rtsAtOpen();
  }

  /// Goes on until the user ends it, the input ends, or the line has gone.
  ///
  /// @return the exit status
  int run() throws InterruptedException {
    try (EventStream<TtyEvent> _ = handover.watch();
        EventStream<TtyEvent> events = tty.events()) {
      if (!options.quiet()) {
        String keys =
            options.escape() < 0 ? "" : "; " + Key.name(options.escape()) + " C-h lists the keys";
        screen.say(tty.name() + ": " + settingsText() + keys);
      }
      byte[] first = options.initString().getBytes(UTF_8);
      send(first, 0, first.length);
      Thread.ofPlatform().daemon().name("term line").start(() -> receive(events));
      Thread.ofPlatform().daemon().name("term keyboard").start(this::type);
      int status = await();
      if (handover.isAway()) {
        takeBack();
      }
      return status;
    }
  }

  private void takeBack() throws InterruptedException {
    try {
      handover.back();
    } catch (NetException e) {
      screen.say(String.valueOf(e.getMessage()));
    }
  }

  private int await() throws InterruptedException {
    long idle = TimeUnit.MILLISECONDS.toNanos(options.exitAfterMillis());
    for (; ; ) {
      long left = lastOctet + idle - System.nanoTime();
      try {
        return idle < 0 ? end.get() : end.get(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (lastOctet + idle - System.nanoTime() <= 0) {
          end.complete(0);
        }
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void gone(String why) {
    if (end.complete(CommandException.RUN_TIME)) {
      screen.say("The line has gone: " + why);
    }
  }

  // ---- from the line

  private void receive(EventStream<TtyEvent> events) {
    byte[] buffer = new byte[OCTETS];
    String why = "the other side has closed it, or it was unplugged";
    try {
      while (!end.isDone()) {
        for (TtyEvent event = events.poll(); event != null; event = events.poll()) {
          why = event instanceof TtyEvent.HungUp hungUp ? hungUp.cause().text() : why;
        }
        try {
          int n = tty.read(buffer, 0, buffer.length, READ_LIMIT);
          if (n > 0) {
            lastOctet = System.nanoTime();
            screen.log(buffer, 0, n);
            screen.show(options.input().apply(buffer, 0, n));
          }
        } catch (NetException e) {
          if (!tty.state().isUsable()) {
            TtyEvent event = events.poll();
            gone(event instanceof TtyEvent.HungUp hungUp ? hungUp.cause().text() : why);
            return;
          }
          // Handed over; an event tells when that ends.
          TtyEvent event = events.take(AWAY_LIMIT);
          why = event instanceof TtyEvent.HungUp hungUp ? hungUp.cause().text() : why;
        }
      }
    } catch (IOException e) {
      // Nobody sees it any more: a pipe that was closed, a full disk.
      if (end.complete(CommandException.RUN_TIME)) {
        screen.say("What is received can't be shown or logged: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      gone("interrupted");
    }
  }

  // ---- from the keyboard

  private void type() {
    byte[] typed = new byte[OCTETS];
    try {
      for (int n = keyboard.read(typed); n >= 0 && !end.isDone(); n = keyboard.read(typed)) {
        lastOctet = System.nanoTime();
        typed(typed, n);
      }
      if (options.exitAfterMillis() < 0) {
        end.complete(0);
      }
    } catch (IOException e) {
      end.complete(CommandException.RUN_TIME);
    } catch (InterruptedException e) {
      gone("interrupted");
    }
  }

  private void typed(byte[] octets, int length) throws InterruptedException, IOException {
    int from = 0;
    for (int i = 0; i < length && !end.isDone(); i++) {
      int octet = Byte.toUnsignedInt(octets[i]);
      if (answer != null) {
        answer(answer, octet);
        from = i + 1;
      } else if (escaped) {
        escaped = false;
        if (octet == options.escape()) {
          from = i;
        } else {
          from = i + 1;
          command(Key.of(octet));
        }
      } else if (octet == options.escape()) {
        send(octets, from, i - from);
        escaped = true;
        from = i + 1;
      }
    }
    if (!end.isDone()) {
      send(octets, from, length - from);
    }
  }

  private void send(byte[] octets, int offset, int length) throws InterruptedException {
    if (length == 0) {
      return;
    }
    byte[] mapped = options.output().apply(octets, offset, length);
    Duration limit = interactive ? Duration.ZERO : READ_LIMIT;
    int sent = 0;
    try {
      while (sent < mapped.length && !end.isDone()) {
        int n = tty.write(mapped, sent, mapped.length - sent, limit);
        if (n == 0 && interactive) {
          screen.say("The line takes nothing; what was typed is lost.");
          return;
        }
        sent += n;
        lastOctet = System.nanoTime();
      }
      if (echo) {
        screen.show(options.echoed().apply(octets, offset, length));
      }
    } catch (NetException e) {
      if (tty.state().isUsable()) {
        screen.say("The line is not the terminal's; the key that gave it away takes it back.");
      }
      // Otherwise the other thread says what has happened.
    } catch (IOException e) {
      end.complete(CommandException.RUN_TIME);
    }
  }

  // ---- commands

  private void command(@Nullable Key key) throws InterruptedException {
    switch (key) {
      case null -> screen.say("No such key; " + Key.name(options.escape()) + " C-h lists them.");
      case QUIT -> end.complete(0);
      case QUIT_AS_SET -> {
        tty.transport().leaveAsSet();
        end.complete(0);
      }
      case SPEED -> ask("Speed in bits per second: ");
      case FASTER -> change(Settings::faster);
      case SLOWER -> change(Settings::slower);
      case FLOW -> change(Settings::nextFlow);
      case PARITY -> change(Settings::nextParity);
      case DATA_BITS -> change(Settings::nextDataBits);
      case STOP_BITS -> change(Settings::nextStopBits);
      case DTR -> {
        dtr = !dtr;
        control("DTR " + onOff(dtr), "DTR", () -> tty.transport().setDtr(dtr));
      }
      case RTS -> {
        rts = !rts;
        control("RTS " + onOff(rts), "RTS", () -> tty.transport().setRts(rts));
      }
      case DTR_PULSE -> control("DTR pulsed", "DTR", () -> pulse(tty.transport()::setDtr, dtr));
      case RTS_PULSE -> control("RTS pulsed", "RTS", () -> pulse(tty.transport()::setRts, rts));
      case BREAK -> control("break sent", "break", () -> tty.transport().sendBreak(BREAK));
      case ECHO -> {
        echo = !echo;
        screen.say("local echo " + onOff(echo));
      }
      case LOG -> {
        Boolean logging = screen.toggleLog();
        screen.say(logging == null ? "There is no log; see --logfile." : "log " + onOff(logging));
      }
      case STATUS -> screen.say(status());
      case HELP -> screen.say(Key.help(options.escape()));
      case PPP, SLIP -> handOver(key);
    }
  }

  private interface Control {
    boolean set(boolean on);
  }

  private static boolean pulse(Control control, boolean after) {
    if (!control.set(false)) {
      return false;
    }
    try {
      Thread.sleep(PULSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return control.set(after);
  }

  private void control(String done, String what, BooleanSupplier call) {
    screen.say(call.getAsBoolean() ? done : "This line has no " + what + ".");
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }

  private void change(UnaryOperator<PortSettings> how) {
    PortSettings settings = tty.transport().settings();
    set(settings == null ? PortSettings.DEFAULT : how.apply(settings));
  }

  private void set(PortSettings settings) {
    try {
      tty.apply(settings);
      screen.say(settingsText());
    } catch (PortException e) {
      screen.say(String.valueOf(e.getMessage()));
    }
  }

  private void ask(String question) {
    answer = new StringBuilder();
    screen.say("");
    screen.echo(question);
  }

  private void answer(StringBuilder typed, int octet) {
    switch (octet) {
      case '\r', '\n' -> {
        answer = null;
        try {
          int speed = Integer.parseInt(typed.toString());
          change(now -> now.toBuilder().speed(speed).build());
        } catch (IllegalArgumentException e) {
          screen.say("'" + typed + "' is no speed.");
        }
      }
      case 3, 27 -> {
        answer = null;
        screen.say("nothing changed");
      }
      case 8, 127 -> {
        if (!typed.isEmpty()) {
          typed.setLength(typed.length() - 1);
          screen.echo("\b \b");
        }
      }
      default -> {
        if (octet > 0x20 && octet < 0x7f && typed.length() < 20) {
          typed.append((char) octet);
          screen.echo(Character.toString(octet));
        }
      }
    }
  }

  private void handOver(Key key) throws InterruptedException {
    try {
      if (handover.isAway()) {
        takeBack();
      } else if (key == Key.PPP) {
        handover.ppp();
      } else {
        handover.slip();
      }
    } catch (NetException e) {
      screen.say(String.valueOf(e.getMessage()));
    }
  }

  private String settingsText() {
    PortSettings settings = tty.transport().settings();
    return settings == null ? "no line settings" : settings.toString();
  }

  private String status() {
    Set<ModemLine> lines = tty.transport().modemLines();
    return tty.name()
        + ": "
        + settingsText()
        + "\nlines on: "
        + (lines.isEmpty() ? "none" : lines)
        + "\ndiscipline "
        + tty.discipline().name()
        + ", local echo "
        + onOff(echo)
        + (options.log() == null ? "" : ", log " + options.log());
  }
}
