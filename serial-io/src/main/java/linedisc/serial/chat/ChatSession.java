package linedisc.serial.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import linedisc.serial.chat.ChatStep.Alternative;
import linedisc.serial.chat.ChatStep.Sending;
import org.jspecify.annotations.Nullable;

/// Plays a [ChatScript]: an engine without clock, thread or port.
///
/// Use: [#start]; then, whenever octets come, [#receive]; whenever [#pollTimeout] is due,
/// [#handleTimeout]; and after each of these [#pollTransmit] and [#pollEvent] until they give
/// nothing. The last event is [ChatEvent.Finished].
///
/// A session takes octets only while it waits for a string, as a program that reads its terminal
/// would: what comes while it sends is left to the caller, to be offered again, and so is what
/// comes after the script's end, which belongs to whoever has the line next. Memory is bounded
/// whatever comes.
///
/// `now` is nanoseconds of any monotonic clock. Not thread-safe.
public final class ChatSession {
  /// No deadline.
  private static final long NEVER = Long.MAX_VALUE;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long DELAY = SECOND;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  /// How long what follows a report may keep us at the end, octet by octet.
  private static final long REPORT_TAIL = SECOND;

  /// Events that may wait; octets are left to the caller beyond.
  private static final int MAX_EVENTS = 256;

  private static final int MAX_REPORT = 4096;
  private static final int MAX_FILE = 1023;
  private static final int LOG_LINE = 80;

  private static final int FINISHED = 0;
  private static final int UNPLAYABLE = 1;
  private static final int IO_FAILED = 2;
  private static final int TIMED_OUT = 3;
  private static final int FIRST_ABORT = 4;

  private enum Phase {
    /// Not begun.
    IDLE,
    /// Between two steps.
    READY,
    EXPECTING,
    SENDING,
    /// The end has come, and the rest of a report is being gathered.
    REPORTING,
    OVER
  }

  private final ChatScript script;
  private final ChatOptions options;
  private final ChatFiles files;
  private final Queue<ChatEvent> events = new ArrayDeque<>();
  private final ChatWatch aborts = new ChatWatch();
  private final ChatWatch reports = new ChatWatch();
  private final Redactor redactor = new Redactor();
  private final StringBuilder logLine = new StringBuilder();

  /// What came since a string is expected, the last of it.
  private final byte[] window = new byte[2 * ChatScript.MAX_EXPECTED];

  private int windowLength;
  private Phase phase = Phase.IDLE;
  private int nextStep;
  private long timeout;
  private long deadline = NEVER;
  private boolean echo;
  private boolean hangUpMatters = true;

  private List<Alternative> alternatives = List.of();
  private int alternative;

  private ChatText sending = ChatText.NOTHING;
  private int sent;
  private long sendAt;

  /// Whether the reply of an alternative is being sent, after which the next one is expected.
  private boolean replying;

  /// Breaks that have been said, and not yet been asked for.
  private int breaks;

  /// A report that is being gathered; null if none is.
  private @Nullable StringBuilder report;

  private ChatEvent.Finished outcome = new ChatEvent.Finished(FINISHED, "");

  /// A session that has not begun.
  public ChatSession(ChatScript script, ChatOptions options, ChatFiles files) {
    this.script = script;
    this.options = options;
    this.files = files;
    this.timeout = options.timeoutSeconds() * SECOND;
    this.echo = options.echo();
  }

  /// Begins.
  public void start(long now) {
    if (phase == Phase.IDLE) {
      phase = Phase.READY;
      run(now);
    }
  }

  /// Takes octets from the line.
  ///
  /// @param buffer the caller's; only read
  /// @param end offset after the last octet
  /// @return the position reached: what is beyond must be offered again, unless the session is over
  public int receive(byte[] buffer, int offset, int end, long now) {
    Objects.checkFromToIndex(offset, end, buffer.length);
    int at = offset;
    while (at < end && wantsInput()) {
      // Parity bits are stripped, as chat has its terminal do.
      octet(buffer[at++] & 0x7F, now);
    }
    return at;
  }

  /// Whether [#receive] would take an octet now.
  public boolean wantsInput() {
    return (phase == Phase.EXPECTING || phase == Phase.REPORTING) && events.size() < MAX_EVENTS;
  }

  /// Gives octets for the line.
  ///
  /// @return how many were written to `buffer`; 0: none now
  public int pollTransmit(byte[] buffer, int offset, int length, long now) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    int given = 0;
    while (given < length && phase == Phase.SENDING && now - sendAt >= 0 && breaks == 0) {
      // Sending waits at an octet only: see settle.
      buffer[offset + given++] = (byte) sending.item(sent++);
      sendAt = sent == sending.length() ? now : now + options.typing().toNanos();
      settle(now);
      run(now);
    }
    return given;
  }

  /// When [#handleTimeout] is next to be called; `Long.MAX_VALUE` for never.
  public long pollTimeout() {
    return deadline;
  }

  /// Does what is due. Calling it early does no harm.
  public void handleTimeout(long now) {
    if (deadline == NEVER || now - deadline < 0) {
      return;
    }
    switch (phase) {
      case EXPECTING -> expectationFailed(now);
      case SENDING -> {
        if (now - sendAt >= timeout && breaks == 0) {
          fail(IO_FAILED, "the line did not take what was to be sent", now);
        } else {
          settle(now);
        }
      }
      case REPORTING -> finish();
      case IDLE, READY, OVER -> deadline = NEVER;
    }
    run(now);
  }

  /// The carrier was lost: the end, unless the script says `HANGUP OFF`.
  public void carrierLost(long now) {
    if (hangUpMatters) {
      lineGone("the carrier was lost", now);
    }
  }

  /// The line is gone: the end.
  ///
  /// @param reason a sentence
  public void lineGone(String reason, long now) {
    switch (phase) {
      case REPORTING -> finish();
      case EXPECTING, READY, SENDING -> {
        emitReport();
        fail(IO_FAILED, reason, now);
      }
      case IDLE, OVER -> {}
    }
  }

  /// What is to be said next, or null.
  public @Nullable ChatEvent pollEvent() {
    ChatEvent event = events.poll();
    if (event instanceof ChatEvent.Break) {
      breaks--;
    }
    return event;
  }

  /// Whether the end has come; [ChatEvent.Finished] may still wait among the events.
  public boolean isOver() {
    return phase == Phase.OVER;
  }

  /// Takes steps until one waits.
  private void run(long now) {
    while (phase == Phase.READY) {
      if (nextStep == script.steps().size()) {
        end(now);
      } else {
        step(script.steps().get(nextStep++), now);
      }
    }
  }

  private void step(ChatStep step, long now) {
    switch (step) {
      case ChatStep.Expect(var several) -> {
        alternatives = several;
        alternative = 0;
        expect(now);
      }
      case ChatStep.Send(var what) -> send(what, now);
      case ChatStep.Abort(var string) -> {
        log("abort on (" + string + ")");
        if (!aborts.add(string)) {
          fail(IO_FAILED, "more than " + ChatScript.MAX_STRINGS + " ABORT strings", now);
        }
      }
      case ChatStep.ClearAbort(var string) -> {
        if (aborts.remove(string)) {
          log("clear abort on (" + string + ")");
        }
      }
      case ChatStep.Report(var string) -> {
        log("report (" + string + ")");
        if (!reports.add(string)) {
          fail(IO_FAILED, "more than " + ChatScript.MAX_STRINGS + " REPORT strings", now);
        }
      }
      case ChatStep.ClearReport(var string) -> {
        if (reports.remove(string)) {
          log("clear report (" + string + ")");
        }
      }
      case ChatStep.Timeout(int seconds) -> {
        timeout = seconds * SECOND;
        log("timeout set to " + seconds + " seconds");
      }
      case ChatStep.Echo(boolean on) -> echo = on;
      case ChatStep.HangUp(boolean matters) -> hangUpMatters = matters;
      case ChatStep.Say(var text) -> events.add(new ChatEvent.Say(withoutReturn(text.text())));
    }
  }

  private static String withoutReturn(String text) {
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /// Expects the alternative whose turn it is.
  private void expect(long now) {
    ChatText expected = alternatives.get(alternative).expected();
    log("expect (" + expected + ")");
    if (expected.length() == 0) {
      log("got it");
      phase = Phase.READY;
    } else {
      windowLength = 0;
      phase = Phase.EXPECTING;
      deadline = now + timeout;
    }
  }

  /// The string did not come in time.
  private void expectationFailed(long now) {
    Alternative missed = alternatives.get(alternative);
    logReceived(" -- timed out");
    if (missed.reply() == null) {
      fail(TIMED_OUT, "'" + missed.expected() + "' did not come in time", now);
    } else {
      replying = true;
      send(missed.reply(), now);
    }
  }

  private void send(Sending what, long now) {
    ChatText text = what.text();
    String file = what.file();
    if (text == null) {
      try {
        text = content(file == null ? "" : file);
      } catch (IOException e) {
        fail(UNPLAYABLE, String.valueOf(e.getMessage()), now);
        return;
      }
    }
    if (text.isHidden()) {
      redactor.hide(text.visibleOctets());
    }
    log("send (" + text + ")");
    sending = text;
    sent = 0;
    sendAt = now;
    phase = Phase.SENDING;
    settle(now);
  }

  /// What a file holds, without a newline at its end.
  private ChatText content(String file) throws IOException {
    byte[] octets = files.read(file);
    int length = Math.min(octets.length, MAX_FILE);
    if (length > 0 && octets[length - 1] == '\n') {
      length--;
    }
    String text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    Arrays.fill(octets, (byte) 0);
    return ChatText.sent(text, script.variables());
  }

  /// Goes on to the next octet to send, as far as pauses allow it, or to the end of sending.
  private void settle(long now) {
    while (now - sendAt >= 0) {
      if (sent == sending.length()) {
        sendingDone(now);
        return;
      }
      int item = sending.item(sent);
      if (item >= 0) {
        break;
      }
      sent++;
      switch (item) {
        case ChatText.DELAY -> sendAt = now + DELAY;
        case ChatText.PAUSE -> sendAt = now + PAUSE;
        default -> {
          breaks++;
          events.add(new ChatEvent.Break());
        }
      }
    }
    deadline = now - sendAt >= 0 ? sendAt + timeout : sendAt;
  }

  private void sendingDone(long now) {
    if (replying) {
      replying = false;
      alternative++;
      expect(now);
    } else {
      phase = Phase.READY;
    }
  }

  private void octet(int octet, long now) {
    if (phase == Phase.REPORTING) {
      if (isControl(octet)) {
        finish();
      } else {
        reportOctet(octet);
        deadline = now + REPORT_TAIL;
        if (isReportFull()) {
          finish();
        }
      }
      return;
    }
    show(redactor.feed(octet));
    window[windowLength++] = (byte) octet;
    gather(octet);
    ChatText expected = alternatives.get(alternative).expected();
    if (expected.endsAt(window, windowLength)) {
      logReceived(" -- got it");
      phase = Phase.READY;
      run(now);
      return;
    }
    int abort = aborts.endingAt(window, windowLength);
    if (abort >= 0) {
      logReceived(" -- failed");
      fail(FIRST_ABORT + abort, "'" + aborts.get(abort) + "' came", now);
      return;
    }
    if (windowLength == window.length) {
      System.arraycopy(
          window, ChatScript.MAX_EXPECTED, window, 0, windowLength - ChatScript.MAX_EXPECTED);
      windowLength -= ChatScript.MAX_EXPECTED;
    }
  }

  /// Begins a report, goes on with it, or ends it.
  private void gather(int octet) {
    if (report == null) {
      ChatText string = reports.get(reports.endingAt(window, windowLength));
      if (string != null) {
        report = new StringBuilder(string.text());
        // A report is made once.
        reports.remove(string);
      }
    } else if (isControl(octet)) {
      emitReport();
    } else {
      reportOctet(octet);
    }
  }

  private void reportOctet(int octet) {
    if (report != null && report.length() < MAX_REPORT) {
      report.append((char) octet);
    }
  }

  private boolean isReportFull() {
    return report != null && report.length() == MAX_REPORT;
  }

  private void emitReport() {
    if (report != null) {
      events.add(new ChatEvent.Report(report.toString()));
      report = null;
    }
  }

  private static boolean isControl(int octet) {
    return octet < ' ' || octet == 0x7F;
  }

  private void fail(int exitStatus, String reason, long now) {
    events.add(new ChatEvent.Log("Failed (" + reason + ")"));
    outcome = new ChatEvent.Finished(exitStatus, reason);
    end(now);
  }

  private void end(long now) {
    if (report == null || isReportFull()) {
      finish();
    } else {
      phase = Phase.REPORTING;
      deadline = now + REPORT_TAIL;
    }
  }

  private void finish() {
    emitReport();
    phase = Phase.OVER;
    deadline = NEVER;
    events.add(outcome);
  }

  /// Shows what was received, to the user and in the log, a line at a time.
  private void show(String received) {
    for (int i = 0; i < received.length(); i++) {
      char c = received.charAt(i);
      if (echo && c != '\r') {
        events.add(new ChatEvent.Echo(c == '\n' ? "\n" : ChatText.shown(c)));
      }
      if (options.verbose()) {
        if (c != '\n') {
          logLine.append(ChatText.shown(c));
        }
        if (c == '\n' || logLine.length() >= LOG_LINE) {
          log(logLine.toString());
          logLine.setLength(0);
        }
      }
    }
  }

  /// Logs what was received of an unfinished line, then a remark.
  private void logReceived(String remark) {
    if (!logLine.isEmpty()) {
      log(logLine.toString());
      logLine.setLength(0);
    }
    log(remark);
  }

  private void log(String line) {
    if (options.verbose()) {
      events.add(new ChatEvent.Log(line));
    }
  }
}
