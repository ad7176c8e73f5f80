package linedisc.serial.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Plays a session in virtual time against a modem that is a function from what it gets, up to a
/// carriage return, to what it answers.
final class ChatPlay {
  static final long SECOND = 1_000_000_000L;

  /// Nothing may depend on where the clock begins: here it soon runs over.
  static final long BEGIN = Long.MAX_VALUE - 5 * SECOND + 1;

  final ChatSession session;
  final List<ChatEvent> events = new ArrayList<>();
  final StringBuilder sent = new StringBuilder();
  final StringBuilder log = new StringBuilder();
  final StringBuilder echoed = new StringBuilder();

  /// What waits to be taken by the session.
  final StringBuilder line = new StringBuilder();

  /// Time at which each octet was sent, in milliseconds.
  final List<Long> times = new ArrayList<>();

  boolean blocked;
  boolean echoing;
  long now;
  ChatEvent.Finished end = new ChatEvent.Finished(-1, "not over");
  private final UnaryOperator<String> modem;
  private final StringBuilder command = new StringBuilder();

  ChatPlay(ChatScript script, ChatOptions options, UnaryOperator<String> modem) {
    this.session = new ChatSession(script, options, ChatPlay::file);
    this.modem = modem;
    this.now = BEGIN;
  }

  static byte[] file(String name) throws IOException {
    return switch (name) {
      case "password" -> "sesame\n".getBytes(StandardCharsets.US_ASCII);
      case "hidden" -> "\\qsesame\n".getBytes(StandardCharsets.US_ASCII);
      case "long" -> "x".repeat(5000).getBytes(StandardCharsets.US_ASCII);
      default -> throw new IOException("there is no file " + name);
    };
  }

  /// Plays to the end, or until nothing more happens.
  ChatPlay run() {
    long begin = now;
    session.start(now);
    for (int turn = 0; turn < 100_000 && !session.isOver(); turn++) {
      drain(begin);
      if (session.pollTimeout() == Long.MAX_VALUE) {
        break;
      }
      if (line.isEmpty() || !session.wantsInput()) {
        if (session.pollTimeout() - now > 0) {
          now = session.pollTimeout();
        }
        session.handleTimeout(now);
      }
    }
    drain(begin);
    return this;
  }

  /// Moves octets and events until there are none.
  void drain(long begin) {
    boolean moved = true;
    while (moved) {
      moved = false;
      byte[] octet = new byte[1];
      while (!blocked && session.pollTransmit(octet, 0, 1, now) == 1) {
        moved = true;
        times.add((now - begin) / 1_000_000);
        take(octet[0]);
      }
      for (ChatEvent event = session.pollEvent(); event != null; event = session.pollEvent()) {
        moved = true;
        take(event);
      }
      if (!line.isEmpty()) {
        byte[] octets = line.toString().getBytes(StandardCharsets.ISO_8859_1);
        int taken = session.receive(octets, 0, octets.length, now);
        line.delete(0, taken);
        moved |= taken > 0;
      }
    }
  }

  private void take(byte octet) {
    char c = (char) (octet & 0xFF);
    sent.append(c);
    command.append(c);
    if (echoing) {
      line.append(c);
    }
    if (c == '\r') {
      String answer = modem.apply(command.substring(0, command.length() - 1));
      command.setLength(0);
      line.append(answer);
    }
  }

  private void take(ChatEvent event) {
    events.add(event);
    switch (event) {
      case ChatEvent.Log(String text) -> log.append(text).append('\n');
      case ChatEvent.Echo(String text) -> echoed.append(text);
      case ChatEvent.Break() -> sent.append("<break>");
      case ChatEvent.Finished finished -> end = finished;
      case ChatEvent.Say _, ChatEvent.Report _ -> {}
    }
  }

  List<String> reports() {
    return events.stream()
        .filter(ChatEvent.Report.class::isInstance)
        .map(event -> ((ChatEvent.Report) event).text())
        .toList();
  }
}
