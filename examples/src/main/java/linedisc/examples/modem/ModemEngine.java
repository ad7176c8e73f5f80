package linedisc.examples.modem;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One modem: an engine without clock, thread, pty or telephone line.
///
/// On one side is a terminal, the program that uses the modem: [#fromTerminal], [#toTerminal]. On
/// the other is a line, through which a call goes: [#fromLine], [#toLine]. The exchange is asked
/// for calls by [#pollRequest] and answers with [#connected], [#failed], [#rings], [#ringingEnds]
/// and [#lineGone].
///
/// `now` is nanoseconds since some beginning and never negative. Not thread-safe.
final class ModemEngine {
  /// No deadline.
  static final long NEVER = Long.MAX_VALUE;

  /// The most that waits for a side; more is lost, which the exchange does not let happen to data.
  static final int WAITING = 1 << 16;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long GUARD_UNIT = SECOND / 50;
  private static final long RING_PERIOD = 6 * SECOND;
  private static final int ESCAPES = 3;
  private static final int LONGEST_LINE = 255;

  private enum State {
    /// No call.
    COMMAND,
    /// The number is being dialled, or rings.
    CALLING,
    /// The call was taken, and is about to be connected.
    ANSWERING,
    /// Octets pass.
    DATA,
    /// Octets wait, and the terminal gives commands.
    ONLINE_COMMAND
  }

  private final CommandSet commands;
  private final Octets toTerminal = new Octets(WAITING);
  private final Octets toLine = new Octets(WAITING);
  private final Queue<Request> requests = new ArrayDeque<>();
  private State state = State.COMMAND;
  private boolean terminalReady;
  private int speed;

  private final StringBuilder line = new StringBuilder();
  private boolean attention;
  private String lastLine = "";

  private String dialling = "";
  private boolean voice;
  private long dialAt = NEVER;
  private long giveUpAt = NEVER;
  private boolean heardRinging;
  private boolean ringing;
  private long ringAt = NEVER;

  private int escapes;
  private long escapeAt = NEVER;
  private long lastOctet;

  /// A modem that was just switched on.
  ModemEngine(Cellular cellular) {
    this.commands = new CommandSet(cellular);
  }

  // ---- outputs

  /// Takes octets for the terminal.
  int toTerminal(byte[] target, int offset, int room) {
    return toTerminal.poll(target, offset, room);
  }

  /// How many wait for the terminal.
  int waitingForTerminal() {
    return toTerminal.size();
  }

  /// Takes octets for the line.
  int toLine(byte[] target, int offset, int room) {
    return toLine.poll(target, offset, room);
  }

  /// What the exchange is to do next, or null.
  @Nullable Request pollRequest() {
    return requests.poll();
  }

  /// When [#handleTimeout] is next to be called.
  long pollTimeout() {
    return Math.min(Math.min(dialAt, giveUpAt), Math.min(ringAt, escapeAt));
  }

  /// Whether it can take a call.
  boolean isIdle() {
    return state == State.COMMAND && !ringing;
  }

  /// Whether there is a connection.
  boolean hasCarrier() {
    return state == State.DATA || state == State.ONLINE_COMMAND;
  }

  // ---- the terminal's side

  /// Octets from the terminal: commands, or data for the line.
  void fromTerminal(byte[] buffer, int offset, int length, long now) {
    for (int i = offset; i < offset + length; i++) {
      int octet = buffer[i] & 0xff;
      switch (state) {
        case DATA -> data(octet, now);
        case COMMAND, ONLINE_COMMAND -> command(octet, now);
        // Any key gives up; what ends the command's own line is none.
        case CALLING, ANSWERING -> {
          if (octet != '\n') {
            requests.add(new Request.HangUp());
            callEnds(ResultCode.NO_CARRIER);
          }
        }
      }
    }
  }

  private void data(int octet, long now) {
    long guard = commands.register(Profile.GUARD) * GUARD_UNIT;
    boolean silent = now - lastOctet >= guard;
    boolean isEscape = octet == commands.register(Profile.ESCAPE) && octet < 128;
    // Silence before the first, none between them, and silence after the last (see escapeAt).
    boolean goesOn = isEscape && escapes < ESCAPES && (escapes == 0 ? silent : !silent);
    escapes = goesOn ? escapes + 1 : isEscape && silent ? 1 : 0;
    escapeAt = escapes == ESCAPES ? now + guard : NEVER;
    lastOctet = now;
    toLine.add(octet);
  }

  private void command(int coded, long now) {
    int octet = coded & 0x7f;
    if (commands.echoes()) {
      toTerminal.add(octet);
    }
    if (!attention) {
      attend((char) octet, now);
    } else if (octet == commands.register(Profile.CARRIAGE_RETURN)) {
      String whole = line.toString();
      line.setLength(0);
      attention = false;
      lastLine = whole;
      execute(whole, now);
    } else if (octet == commands.register(Profile.BACKSPACE)) {
      line.setLength(Math.max(0, line.length() - 1));
    } else if (octet >= ' ' && line.length() <= LONGEST_LINE) {
      line.append((char) octet);
    }
  }

  /// Looks for `AT`, or `A/`.
  private void attend(char c, long now) {
    char upper = Character.toUpperCase(c);
    if (line.length() == 1 && c == '/') {
      line.setLength(0);
      execute(lastLine, now);
    } else if (line.length() == 1 && upper == 'T') {
      line.setLength(0);
      attention = true;
    } else {
      line.setLength(0);
      if (upper == 'A') {
        line.append('A');
      }
    }
  }

  private void execute(String whole, long now) {
    if (whole.length() > LONGEST_LINE) {
      tell(ResultCode.ERROR);
      return;
    }
    var commandLine = new CommandLine(whole);
    for (AtCommand command = commandLine.next(); command != null; command = commandLine.next()) {
      switch (execute(command, now)) {
        case Reply.Done(String information) -> {
          if (!information.isEmpty()) {
            inform(information);
          }
        }
        case Reply.Failed failed -> {
          String error = commands.errorText(failed);
          if (error == null) {
            tell(ResultCode.ERROR);
          } else {
            inform(error);
          }
          return;
        }
        case Reply.Begun _ -> {
          return;
        }
      }
    }
    tell(ResultCode.OK);
  }

  /// What concerns the call; the rest is the command set's.
  private Reply execute(AtCommand command, long now) {
    return switch (command) {
      case AtCommand.Dial(String number) -> dial(number, now);
      case AtCommand.Basic(String name, int value) when name.equals("A") -> {
        answer(now);
        yield new Reply.Begun();
      }
      case AtCommand.Basic(String name, int value) when name.equals("O") -> {
        if (state == State.ONLINE_COMMAND) {
          enterData(now);
        } else {
          tell(ResultCode.NO_CARRIER);
        }
        yield new Reply.Begun();
      }
      case AtCommand.Basic(String name, int value) when name.equals("H") && value <= 1 -> {
        hangUp();
        yield Reply.OK;
      }
      case AtCommand.Basic(String name, int value) when name.equals("Z") && value <= 1 -> {
        hangUp();
        commands.reset();
        yield Reply.OK;
      }
      case AtCommand.Basic _,
          AtCommand.Select _,
          AtCommand.Read _,
          AtCommand.Write _,
          AtCommand.Extended _,
          AtCommand.Invalid _ ->
          commands.execute(command, now);
    };
  }

  /// The terminal is there (DTR is on), or has gone: what that means `&D` says.
  void terminal(boolean ready) {
    if (terminalReady == ready) {
      return;
    }
    terminalReady = ready;
    if (ready) {
      return;
    }
    toTerminal.clear();
    line.setLength(0);
    attention = false;
    switch (commands.letter("&D")) {
      case 0 -> {}
      case 1 -> {
        if (state == State.DATA) {
          state = State.ONLINE_COMMAND;
        }
      }
      default -> {
        // Nobody is there whom a lost carrier would concern.
        if (state != State.COMMAND) {
          requests.add(new Request.HangUp());
          toCommand();
        }
        if (commands.letter("&D") == 3) {
          commands.reset();
        }
      }
    }
  }

  // ---- calls

  private Reply dial(String dialled, long now) {
    if (state != State.COMMAND) {
      return Reply.ERROR;
    }
    DialString number = DialString.parse(dialled, dialling);
    if (number == null) {
      return Reply.ERROR;
    }
    dialling = number.number();
    if (dialling.isEmpty() || !commands.mayCall(dialling, now)) {
      tell(ResultCode.NO_CARRIER);
      return new Reply.Begun();
    }
    voice = number.voice();
    state = State.CALLING;
    heardRinging = false;
    dialAt = now + SECOND * number.commas() * commands.register(Profile.COMMA);
    giveUpAt = dialAt + commands.register(Profile.WAIT_FOR_CARRIER) * SECOND;
    return new Reply.Begun();
  }

  /// The called one has been found, and rings.
  void calledRings() {
    heardRinging = true;
  }

  /// The call is through.
  ///
  /// @param bitsPerSecond of the line
  void connected(int bitsPerSecond, long now) {
    if (state == State.CALLING || state == State.ANSWERING) {
      speed = bitsPerSecond;
      stopTimers();
      toLine.clear();
      enterData(now);
    }
  }

  /// There will be no connection.
  void failed(ResultCode why) {
    if (state == State.CALLING || state == State.ANSWERING) {
      callEnds(why);
    }
  }

  /// The other side has hung up.
  void lineGone() {
    if (state != State.COMMAND) {
      callEnds(ResultCode.NO_CARRIER);
    }
  }

  /// Somebody calls.
  void rings(long now) {
    ringing = true;
    commands.setRings(0);
    ringAt = now;
  }

  /// He no longer does.
  void ringingEnds() {
    ringing = false;
    ringAt = NEVER;
    commands.setRings(0);
  }

  private void answer(long now) {
    if (state != State.COMMAND || !ringing) {
      tell(ResultCode.NO_CARRIER);
      return;
    }
    ringingEnds();
    state = State.ANSWERING;
    giveUpAt = now + commands.register(Profile.WAIT_FOR_CARRIER) * SECOND;
    requests.add(new Request.Answer());
  }

  private void enterData(long now) {
    state = State.DATA;
    escapes = 0;
    escapeAt = NEVER;
    lastOctet = now;
    tellConnect();
  }

  private void hangUp() {
    if (state != State.COMMAND) {
      boolean carrier = hasCarrier();
      requests.add(new Request.HangUp());
      toCommand();
      if (carrier) {
        dropCarrier();
      }
    }
  }

  private void callEnds(ResultCode why) {
    boolean carrier = hasCarrier();
    toCommand();
    tell(why.at(commands.letter("X")));
    if (carrier) {
      dropCarrier();
    }
  }

  private void dropCarrier() {
    if (commands.letter("&C") == 1) {
      requests.add(new Request.DropCarrier());
    }
  }

  private void toCommand() {
    state = State.COMMAND;
    stopTimers();
    escapes = 0;
    escapeAt = NEVER;
    toLine.clear();
  }

  private void stopTimers() {
    dialAt = NEVER;
    giveUpAt = NEVER;
  }

  // ---- the line's side

  /// Octets from the line; while the terminal gives commands they are lost.
  void fromLine(byte[] buffer, int offset, int length) {
    if (state == State.DATA) {
      toTerminal.add(buffer, offset, length);
    }
  }

  // ---- time

  /// Does what is due. Calling it early does no harm.
  void handleTimeout(long now) {
    if (dialAt <= now) {
      dialAt = NEVER;
      requests.add(new Request.Call(dialling));
      if (voice) {
        // A call that is for people: the modem stays out of it.
        requests.add(new Request.HangUp());
        toCommand();
        tell(ResultCode.OK);
      }
    }
    if (giveUpAt <= now) {
      requests.add(new Request.HangUp());
      callEnds(heardRinging ? ResultCode.NO_ANSWER : ResultCode.NO_CARRIER);
    }
    if (ringAt <= now) {
      ring(now);
    }
    if (escapeAt <= now) {
      escapeAt = NEVER;
      escapes = 0;
      state = State.ONLINE_COMMAND;
      tell(ResultCode.OK);
    }
  }

  private void ring(long now) {
    ringAt = now + RING_PERIOD;
    int rings = commands.register(Profile.RINGS) + 1;
    commands.setRings(rings);
    tell(ResultCode.RING);
    int wanted = commands.register(Profile.AUTO_ANSWER);
    // A modem whose terminal is off does not answer by itself, unless it ignores DTR.
    if (wanted > 0 && rings >= wanted && (terminalReady || commands.letter("&D") == 0)) {
      answer(now);
    }
  }

  // ---- answers

  private void tellConnect() {
    boolean withSpeed = commands.letter("X") > 0;
    if (commands.isVerbose()) {
      result("CONNECT" + (withSpeed ? " " + speed : ""));
    } else {
      result(withSpeed ? ResultCode.connectDigits(speed) : ResultCode.CONNECT.digits());
    }
  }

  private void tell(ResultCode code) {
    result(commands.isVerbose() ? code.words() : code.digits());
  }

  private void result(String text) {
    if (commands.letter("Q") == 0) {
      String end = String.valueOf((char) commands.register(Profile.CARRIAGE_RETURN));
      String newline = end + (char) commands.register(Profile.LINE_FEED);
      toTerminal.add(commands.isVerbose() ? newline + text + newline : text + end);
    }
  }

  private void inform(String text) {
    String newline =
        String.format(
            Locale.ROOT,
            "%c%c",
            commands.register(Profile.CARRIAGE_RETURN),
            commands.register(Profile.LINE_FEED));
    String lines = text.replace("\n", newline);
    toTerminal.add((commands.isVerbose() ? newline : "") + lines + newline);
  }
}
