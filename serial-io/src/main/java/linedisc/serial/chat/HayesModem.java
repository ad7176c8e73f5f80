package linedisc.serial.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import linedisc.serial.net.NetException;
import linedisc.serial.tty.Tty;
import org.jspecify.annotations.Nullable;

/// A modem with the Hayes command set, on an open port that has the raw discipline: commands and
/// their answers, calls made, taken and ended.
///
/// Of what the modem sends it takes whole lines and nothing behind them: after [#dial] or [#answer]
/// the next octet is the other end's, for the discipline that is bound next.
///
/// Each method waits, and is for one thread at a time; an interrupt gives up. Every method throws
/// [NetException] when the port has gone or another discipline has it.
///
/// See [V.250](https://www.itu.int/rec/T-REC-V.250).
public final class HayesModem {
  /// The silence around `+++` that modems want, and a little more.
  public static final Duration GUARD = Duration.ofMillis(1200);

  private static final Duration DTR_LOW = Duration.ofMillis(500);
  private static final Duration SHORT = Duration.ofSeconds(2);

  /// So long after its deadline a method still takes what has come before; whoever sends without a
  /// pause would keep it for ever.
  private static final Duration LATE = Duration.ofMillis(500);

  private static final int LONGEST_LINE = 1024;
  private static final int MOST_LINES = 256;
  private static final String CONNECT = "CONNECT";
  private static final String RING = "RING";
  private static final String NO_CARRIER = "NO CARRIER";
  private static final List<String> FAILED =
      List.of("BUSY", NO_CARRIER, "NO ANSWER", "NO DIALTONE", "NO DIAL TONE", "DELAYED", "BLACK");

  private final Tty tty;
  private final Duration guard;
  private final Consumer<String> transcript;
  private final byte[] octet = new byte[1];
  private String secret = "";

  /// A modem on a port.
  ///
  /// @param guard the silence around `+++`, a little more than the modem's S12
  /// @param transcript is told what is sent and received, a line at a time, without secrets
  public HayesModem(Tty tty, Duration guard, Consumer<String> transcript) {
    this.tty = tty;
    this.guard = guard;
    this.transcript = transcript;
  }

  /// From here on neither the transcript nor a message shows this text, also if the modem echoes
  /// it.
  ///
  /// @param text not empty
  void hide(String text) {
    secret = text;
  }

  private String shown(String text) {
    return secret.isEmpty() ? text : text.replace(secret, Redactor.HIDDEN);
  }

  /// The port.
  public Tty tty() {
    return tty;
  }

  /// Makes the modem listen and answer in words, without echo.
  ///
  /// @param limit for the first sign of life
  /// @throws ModemException when none comes
  public void wake(Duration limit) throws ModemException, NetException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    ModemException silent;
    do {
      discard();
      try {
        List<String> _ = command("ATE0V1Q0", limit.compareTo(SHORT) < 0 ? limit : SHORT);
        return;
      } catch (ModemException e) {
        silent = e;
      }
    } while (deadline - System.nanoTime() > 0);
    throw new ModemException(
        silent.result(), "There is no modem on " + tty.name() + ", or it does not answer to AT.");
  }

  /// Carries out a command.
  ///
  /// @param command with its `AT`
  /// @return what the modem said before OK, a line each
  /// @throws ModemException when it said ERROR, or nothing that ends a command in time
  public List<String> command(String command, Duration limit)
      throws ModemException, NetException, InterruptedException {
    send(command + "\r", command);
    long deadline = System.nanoTime() + limit.toNanos();
    List<String> lines = new ArrayList<>();
    for (; ; ) {
      String line = readLine(deadline);
      if (line == null) {
        throw new ModemException("", "The modem did not answer to " + shown(command) + ".");
      }
      if (line.equals("OK")) {
        return lines;
      }
      if (isError(line)) {
        throw new ModemException(line, "The modem says " + line + " to " + shown(command) + ".");
      }
      if (!line.equals(command) && lines.size() < MOST_LINES) {
        lines.add(line);
      }
    }
  }

  /// Calls a number.
  ///
  /// @param number with modifiers, as for `ATD`: `T5551234`
  /// @param limit until the connection
  /// @return what the modem said: `CONNECT 33600`
  /// @throws ModemException with the modem's result
  public String dial(String number, Duration limit)
      throws ModemException, NetException, InterruptedException {
    discard();
    return connect("ATD" + number, "No connection with " + number, limit);
  }

  /// Takes the call that rings.
  ///
  /// @param limit until the connection
  /// @return what the modem said: `CONNECT 33600`
  /// @throws ModemException with the modem's result
  public String answer(Duration limit) throws ModemException, NetException, InterruptedException {
    return connect("ATA", "No connection with the caller", limit);
  }

  /// Waits for a call.
  ///
  /// @param limit at most so long
  /// @return false: nobody has called
  public boolean awaitRing(Duration limit) throws NetException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (String line = readLine(deadline); line != null; line = readLine(deadline)) {
      if (line.startsWith(RING)) {
        return true;
      }
    }
    return false;
  }

  private String connect(String command, String failure, Duration limit)
      throws ModemException, NetException, InterruptedException {
    send(command + "\r", command);
    long deadline = System.nanoTime() + limit.toNanos();
    for (; ; ) {
      String line = readLine(deadline);
      if (line == null) {
        // Any octet ends the attempt.
        send("\r", "");
        String _ = readLine(System.nanoTime() + SHORT.toNanos());
        throw new ModemException(
            "", failure + ": nothing came of it in " + limit.toSeconds() + " s.");
      }
      if (line.startsWith(CONNECT)) {
        return line;
      }
      if (isError(line) || FAILED.stream().anyMatch(line::startsWith)) {
        throw new ModemException(line, failure + ": " + line + ".");
      }
    }
  }

  /// After a call whose end the modem has told already, by NO CARRIER or by its carrier signal: has
  /// it listen for commands without the pauses that an escape needs. If it does not, ends the call.
  ///
  /// @return whether the modem answers to commands now
  public boolean carrierLost() throws NetException, InterruptedException {
    discard();
    return answersTo("AT") || hangUp();
  }

  /// Ends a call, whatever state it is in: by Data Terminal Ready where the line has it, and by
  /// `+++` and `ATH` where it has not or that did not help.
  ///
  /// @return whether the modem answers to commands now
  public boolean hangUp() throws NetException, InterruptedException {
    if (tty.transport().setDtr(false)) {
      TimeUnit.NANOSECONDS.sleep(DTR_LOW.toNanos());
      boolean _ = tty.transport().setDtr(true);
      discard();
      if (answersTo("AT")) {
        return true;
      }
    }
    // The other end may have hung up before us: then the modem listens already.
    if (!saysCarrierIsLost(guard)) {
      send("+++", "+++");
      long deadline = System.nanoTime() + guard.plus(SHORT).toNanos();
      String line = readLine(deadline);
      while (line != null && !line.endsWith("OK") && !line.endsWith(NO_CARRIER)) {
        line = readLine(deadline);
      }
    }
    return answersTo("ATH");
  }

  private boolean saysCarrierIsLost(Duration limit) throws NetException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (String line = readLine(deadline); line != null; line = readLine(deadline)) {
      // Before it may stand what is left of the other end's last frame.
      if (line.endsWith(NO_CARRIER)) {
        return true;
      }
    }
    return false;
  }

  private boolean answersTo(String command) throws NetException, InterruptedException {
    try {
      List<String> _ = command(command, SHORT);
      return true;
    } catch (ModemException e) {
      return false;
    }
  }

  /// Reads away what has come; of an endless stream, half a second's.
  public void discard() throws NetException, InterruptedException {
    byte[] some = new byte[256];
    long end = System.nanoTime() + LATE.toNanos();
    while (tty.read(some, 0, some.length, Duration.ZERO) > 0 && System.nanoTime() - end < 0) {
      // Nobody wants it any more.
    }
  }

  private static boolean isError(String line) {
    return line.equals("ERROR") || line.startsWith("+CME ERROR") || line.startsWith("+CMS ERROR");
  }

  private void send(String text, String told) throws NetException, InterruptedException {
    if (!told.isEmpty()) {
      transcript.accept("send " + shown(told));
    }
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      int at = 0;
      int taken = 1;
      while (at < octets.length && taken > 0) {
        taken = tty.write(octets, at, octets.length - at, SHORT);
        at += taken;
      }
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /// Reads a line, without its end and without blanks around it; empty ones are left out.
  ///
  /// @return null: none came in time
  private @Nullable String readLine(long deadline) throws NetException, InterruptedException {
    var line = new StringBuilder();
    for (; ; ) {
      long left = deadline - System.nanoTime();
      if (left < -LATE.toNanos()) {
        return null;
      }
      if (tty.read(octet, 0, 1, Duration.ofNanos(Math.max(0, left))) == 0) {
        if (left <= 0) {
          return null;
        }
        continue;
      }
      int c = octet[0] & 0x7f;
      if (c == '\n') {
        String text = line.toString().strip();
        if (!text.isEmpty()) {
          transcript.accept("receive " + shown(text));
          return text;
        }
      }
      if (c >= ' ' && line.length() < LONGEST_LINE) {
        line.append((char) c);
      }
    }
  }
}
